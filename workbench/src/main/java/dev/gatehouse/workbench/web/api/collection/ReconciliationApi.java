package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.reconcile.InvalidReconciliation;
import dev.gatehouse.workbench.reconcile.Reconciliation;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.ReconciliationService;
import dev.gatehouse.workbench.reconcile.Reconciliations;
import dev.gatehouse.workbench.web.api.dialect.Actor;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Filters;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code reconciliations}: what Graph has of each hour against what is here. */
@RestController
@RequestMapping(ReconciliationApi.PATH)
class ReconciliationApi {

    static final String TYPE = "reconciliations";
    static final String PATH = "/api/v2/" + TYPE;

    private static final String FEED = "feed";
    private static final String STATE = "state";
    private static final String FROM = "from";
    private static final String TO = "to";

    private final ReconciliationService service;
    private final InstantSource clock;

    ReconciliationApi(ReconciliationService service, InstantSource clock) {
        this.service = service;
        this.clock = clock;
    }

    @GetMapping
    @Operation("Lists hours and what Graph has of each against what is here, the newest first")
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of(Filters.DEVICE, FEED, STATE, FROM, TO));
        var page = query.page();
        var filters = new Filters(query);
        var filter = new Reconciliations.Filter(
                filters.device(),
                filters.one(FEED, Feed.values(), Feed::key),
                filters.one(STATE, State.values(), State::key),
                filters.time(FROM),
                filters.time(TO));
        var found = service.list(scope, filter, page.offset(), page.limit());
        var resources = found.rows().stream().map(ReconciliationApi::resource).toList();
        return Documents.ok(Documents.of(resources, page, found.total(), query));
    }

    /** The comparisons follow, and the list has them; so there is no resource to give yet. */
    @PostMapping
    @Operation(value = "Asks for every full hour of a range to be compared", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> request(HttpServletRequest request, Authentication who) {
        var body = Body.read(request, TYPE);
        var device = body.required("device_id");
        var feed = body.text("feed").map(Body::feed);
        var from = body.time("from").orElseThrow(() -> Body.missing("from"));
        var to = body.time("to").orElseGet(clock::instant);
        try {
            var asked = service.request(UUID.fromString(device.strip()), feed, from, to, Actor.of(who));
            var document = Documents.document();
            document.putObject("meta")
                    .put("comparisons", asked.comparisons())
                    .put("from", Documents.time(asked.hours().from()))
                    .put("to", Documents.time(asked.hours().to()));
            return ResponseEntity.accepted().contentType(Documents.MEDIA_TYPE).body(document);
        } catch (InvalidReconciliation invalid) {
            throw Refusal.at(Body.pointer(invalid.field()), String.valueOf(invalid.getMessage()));
        } catch (NoSuchDevice | IllegalArgumentException e) {
            throw Body.noDevice(device);
        }
    }

    private static ObjectNode resource(Reconciliation hour) {
        var resource = Documents.resource(
                TYPE, "%s:%s:%s".formatted(hour.device(), hour.feed().key(), Documents.time(hour.hour())));
        var count = hour.count();
        var problem = hour.problem();
        Documents.attributes(resource)
                .put("device_id", hour.device().toString())
                .put("device_name", hour.deviceName())
                .put("feed", hour.feed().key())
                .put("from", Documents.time(hour.hour()))
                .put("to", Documents.time(hour.window().to()))
                .put("state", hour.state().key())
                .put("sentence", hour.sentence())
                .put("in_graph", count.inGraph())
                .put("here", count.here())
                .put("missing_here", count.missingHere())
                .put("missing_there", count.missingThere())
                .put("changed", count.changed())
                .put("healed", count.healed())
                .put("alike", count.alike())
                .put("checks", hour.checks())
                .put("checked_at", Documents.time(hour.checkedAt()))
                .put("is_wanted", hour.isWanted())
                .put("requested_by", hour.requestedBy().orElse(null))
                .put("replay_id", hour.replay().map(UUID::toString).orElse(null))
                .put("trouble", problem.map(found -> found.trouble().key()).orElse(null))
                .put("cause", problem.map(Diagnosis::cause).orElse(null))
                .put("cure", problem.map(Diagnosis::cure).orElse(null))
                .put("request_id", hour.requestId().orElse(null));
        Relations.toDevice(resource, hour.device());
        return resource;
    }
}
