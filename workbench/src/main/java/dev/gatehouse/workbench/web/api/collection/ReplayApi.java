package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.replay.InvalidReplay;
import dev.gatehouse.workbench.replay.NoSuchReplay;
import dev.gatehouse.workbench.replay.Replay;
import dev.gatehouse.workbench.replay.ReplayService;
import dev.gatehouse.workbench.web.api.dialect.Actor;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Filters;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code replays}: ranges of the past that are read again, and the history of new devices. */
@RestController
@RequestMapping(ReplayResource.PATH)
class ReplayApi {

    private static final String STATE = "state";

    private final ReplayService service;
    private final SecurityDevices devices;
    private final InstantSource clock;

    ReplayApi(ReplayService service, SecurityDevices devices, InstantSource clock) {
        this.service = service;
        this.devices = devices;
        this.clock = clock;
    }

    @GetMapping
    @Operation("Lists replays and backfills, the latest first")
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of(Filters.DEVICE, STATE));
        var page = query.page();
        var names = devices.all(scope).stream().collect(Collectors.toMap(SecurityDevice::id, SecurityDevice::name));
        var found = service.list(scope, new Filters(query).device(), state(query), page.offset(), page.limit());
        var resources = found.rows().stream()
                .map(replay -> ReplayResource.of(
                        replay, Optional.ofNullable(names.get(replay.device())), service.estimatedEnd(replay)))
                .toList();
        return Documents.ok(Documents.of(resources, page, found.total(), query));
    }

    private static Optional<Replay.State> state(Query query) {
        return query.filter(STATE).stream().findFirst().map(text -> Arrays.stream(Replay.State.values())
                .filter(state -> state.key().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Refusal.parameter(
                        "filter[state]",
                        "There is no such state. There are: %s."
                                .formatted(Arrays.stream(Replay.State.values())
                                        .map(Replay.State::key)
                                        .collect(Collectors.joining(", "))))));
    }

    @GetMapping("/{id}")
    @Operation("Gives one replay")
    ResponseEntity<JsonNode> get(Scope scope, @PathVariable String id) {
        return Documents.ok(Documents.of(resource(scope, replay(scope, id))));
    }

    @PostMapping
    @Operation(value = "Asks for a range of a feed to be read again", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> create(Scope scope, HttpServletRequest request, Authentication who) {
        var body = Body.read(request, ReplayResource.TYPE);
        var device = body.required("device_id");
        var feed = Body.feed(body.required("feed"));
        var from = body.time("from").orElseThrow(() -> Body.missing("from"));
        var to = body.time("to").orElseGet(clock::instant);
        try {
            var replay = service.request(scope, Body.device(scope, device, devices), feed, from, to, Actor.of(who));
            return ResponseEntity.created(URI.create(ReplayResource.PATH + "/" + replay.id()))
                    .contentType(Documents.MEDIA_TYPE)
                    .body(Documents.of(resource(scope, replay)));
        } catch (InvalidReplay invalid) {
            throw Refusal.at(Body.pointer(invalid.field()), String.valueOf(invalid.getMessage()));
        }
    }

    @PostMapping("/{id}/cancel")
    @Operation("Ends a replay")
    ResponseEntity<JsonNode> cancel(Scope scope, @PathVariable String id) {
        return Documents.ok(Documents.of(
                resource(scope, service.cancel(scope, replay(scope, id).id()))));
    }

    private Replay replay(Scope scope, String id) {
        try {
            return service.require(scope, UUID.fromString(id));
        } catch (NoSuchReplay | IllegalArgumentException e) {
            throw Refusal.notFound("There is no replay with the id %s.".formatted(id));
        }
    }

    private ObjectNode resource(Scope scope, Replay replay) {
        return ReplayResource.of(
                replay, devices.find(scope, replay.device()).map(SecurityDevice::name), service.estimatedEnd(replay));
    }
}
