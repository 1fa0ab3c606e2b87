package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.collect.UnreadableService;
import dev.gatehouse.workbench.collect.UnreadableService.Outcome;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.UnreadableRecord;
import dev.gatehouse.workbench.records.UnreadableRecords.Filter;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Filters;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code unreadable_records}: what came and could not be understood. */
@RestController
@RequestMapping(UnreadableApi.PATH)
class UnreadableApi {

    static final String TYPE = "unreadable_records";
    static final String PATH = "/api/v2/" + TYPE;

    private static final String FEED = "feed";
    private static final String FROM = "from";
    private static final String TO = "to";

    private final UnreadableService service;

    UnreadableApi(UnreadableService service) {
        this.service = service;
    }

    @GetMapping
    @Operation("Lists records that could not be understood, the last first")
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        var page = query.page();
        var found = service.list(scope, filter(query), page.offset(), page.limit());
        var resources = found.rows().stream()
                .map(record -> resource(record, "unreadable"))
                .toList();
        return Documents.ok(Documents.of(resources, page, found.total(), query));
    }

    private static Filter filter(Query query) {
        query.allowFilters(Set.of(Filters.DEVICE, FEED, FROM, TO));
        var filters = new Filters(query);
        return new Filter(
                filters.device(), filters.one(FEED, Feed.values(), Feed::key), filters.time(FROM), filters.time(TO));
    }

    /** One record, with its text as it came. */
    @GetMapping("/{id}")
    @Operation("Gives one record that could not be understood, with its text")
    ResponseEntity<JsonNode> get(Scope scope, @PathVariable String id) {
        var record = record(scope, id);
        var resource = resource(record, "unreadable");
        Documents.attributes(resource)
                .put("text", service.original(scope, record.id()).text());
        return Documents.ok(Documents.of(resource));
    }

    /** Tries it at once; {@code state} says what came of it. */
    @PostMapping("/{id}/retry")
    @Operation("Tries one again at once")
    ResponseEntity<JsonNode> retry(Scope scope, @PathVariable String id) {
        var before = record(scope, id);
        return Documents.ok(Documents.of(
                switch (service.retry(scope, before.id())) {
                    case Outcome.StillUnreadable(var record) -> resource(record, "unreadable");
                    case Outcome.LeftOut _ -> resource(before, "left_out");
                    case Outcome.Read(var record) -> became(resource(before, "read"), record);
                }));
    }

    /** Has all that the filters fit tried again: 202, and how many those are. */
    @PostMapping("/retry")
    @Operation("Has all that the filters fit tried again")
    ResponseEntity<JsonNode> retryAll(Scope scope, HttpServletRequest request) {
        var count = service.retryAll(scope, filter(Query.of(request)));
        var document = Documents.document();
        document.putObject("meta").put("records", count);
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .contentType(Documents.MEDIA_TYPE)
                .body(document);
    }

    private UnreadableRecord record(Scope scope, String id) {
        try {
            return service.require(scope, UUID.fromString(id));
        } catch (UnreadableService.NoSuchRecord | IllegalArgumentException e) {
            throw Refusal.notFound(
                    "There is no unreadable record with the id %s. It may have been read after all.".formatted(id));
        }
    }

    private static ObjectNode became(ObjectNode resource, Collected record) {
        if (record instanceof VendorAlert alert) {
            Relations.toAlert(resource, alert.tenant(), Columns.key(alert.id()));
        }
        return resource;
    }

    private static ObjectNode resource(UnreadableRecord record, String state) {
        var resource = Documents.resource(TYPE, record.id().toString());
        Documents.attributes(resource)
                .put("tenant_id", record.tenant().toString())
                .put("device_id", record.device().map(UUID::toString).orElse(null))
                .put("device_name", record.deviceName())
                .put("feed", record.feed().key())
                .put("state", state)
                .put("cause", record.reason())
                .put("request_id", record.requestId().orElse(null))
                .put("received_at", Documents.time(record.firstSeen()))
                .put("last_tried_at", Documents.time(record.tries().last()))
                .put("attempts", record.tries().count())
                .put("is_due", record.tries().isDue())
                .put("bytes", record.bytes().orElse(null))
                .put("beginning", record.beginning());
        resource.putObject("links").put("self", PATH + "/" + record.id());
        record.device().ifPresent(device -> Relations.toDevice(resource, device));
        return resource;
    }
}
