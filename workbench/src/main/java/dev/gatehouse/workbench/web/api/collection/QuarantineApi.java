package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.collect.QuarantineService;
import dev.gatehouse.workbench.collect.QuarantinedWindow;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Filters;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code quarantined_windows}: stretches of time that could not be read, and those that were read after all. */
@RestController
@RequestMapping(QuarantineResource.PATH)
class QuarantineApi {

    private static final String FEED = "feed";
    private static final String STATE = "state";

    private final QuarantineService service;
    private final SecurityDevices devices;

    QuarantineApi(QuarantineService service, SecurityDevices devices) {
        this.service = service;
        this.devices = devices;
    }

    @GetMapping
    @Operation("Lists windows that could not be read, those that are owed first")
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of(Filters.DEVICE, FEED, STATE));
        var page = query.page();
        var names = devices.all(scope).stream().collect(Collectors.toMap(SecurityDevice::id, SecurityDevice::name));
        var found =
                service.list(scope, new Filters(query).device(), feed(query), owed(query), page.offset(), page.limit());
        var resources = found.rows().stream()
                .map(window -> QuarantineResource.of(window, Optional.ofNullable(names.get(window.device()))))
                .toList();
        return Documents.ok(Documents.of(resources, page, found.total(), query));
    }

    private static Optional<Feed> feed(Query query) {
        return query.filter(FEED).stream().findFirst().map(text -> {
            try {
                return Feed.of(text);
            } catch (IllegalArgumentException e) {
                throw Refusal.parameter(
                        "filter[feed]",
                        "There is no such feed. There are: %s."
                                .formatted(Arrays.stream(Feed.values())
                                        .map(Feed::key)
                                        .collect(Collectors.joining(", "))));
            }
        });
    }

    private static Optional<Boolean> owed(Query query) {
        return query.filter(STATE).stream().findFirst().map(text -> switch (text.strip()
                .toLowerCase(Locale.ROOT)) {
            case "owed" -> true;
            case "read" -> false;
            default -> throw Refusal.parameter("filter[state]", "There is no such state. There are: owed, read.");
        });
    }

    @GetMapping("/{id}")
    @Operation("Gives one window that could not be read")
    ResponseEntity<JsonNode> get(Scope scope, @PathVariable String id) {
        return Documents.ok(Documents.of(resource(scope, window(scope, id))));
    }

    /** It is tried as soon as its feed is polled, which begins now. */
    @PostMapping("/{id}/retry")
    @Operation("Has it tried again at once")
    ResponseEntity<JsonNode> retry(Scope scope, @PathVariable String id) {
        return ResponseEntity.accepted()
                .contentType(Documents.MEDIA_TYPE)
                .body(Documents.of(
                        resource(scope, service.retry(scope, window(scope, id).id()))));
    }

    private QuarantinedWindow window(Scope scope, String id) {
        try {
            return service.require(scope, UUID.fromString(id));
        } catch (QuarantineService.NoSuchWindow | IllegalArgumentException e) {
            throw Refusal.notFound("There is no quarantined window with the id %s.".formatted(id));
        }
    }

    private ObjectNode resource(Scope scope, QuarantinedWindow window) {
        return QuarantineResource.of(
                window, devices.find(scope, window.device()).map(SecurityDevice::name));
    }
}
