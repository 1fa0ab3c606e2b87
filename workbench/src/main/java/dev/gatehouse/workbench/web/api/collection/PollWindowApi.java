package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Ledger.Outcome;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Filters;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code poll_windows}: what Microsoft was asked, what came, and what became of it. */
@RestController
@RequestMapping(PollWindowApi.PATH)
class PollWindowApi {

    static final String TYPE = "poll_windows";
    static final String PATH = "/api/v2/" + TYPE;

    private static final String FEED = "feed";
    private static final String PURPOSE = "purpose";
    private static final String OUTCOME = "outcome";
    private static final String FROM = "from";
    private static final String TO = "to";

    private final Ledger ledger;

    PollWindowApi(Ledger ledger) {
        this.ledger = ledger;
    }

    @GetMapping
    @Operation("Lists the windows that Microsoft was asked for, the last first")
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of(Filters.DEVICE, FEED, PURPOSE, OUTCOME, FROM, TO));
        var page = query.page();
        var filters = new Filters(query);
        var filter = new Ledger.Filter(
                filters.device(),
                filters.one(FEED, Feed.values(), Feed::key),
                filters.one(PURPOSE, Purpose.values(), Purpose::key),
                filters.one(OUTCOME, Outcome.values(), Outcome::key),
                filters.time(FROM),
                filters.time(TO));
        var found = ledger.list(scope, filter, page.offset(), page.limit());
        var resources = found.rows().stream().map(PollWindowApi::resource).toList();
        return Documents.ok(Documents.of(resources, page, found.total(), query));
    }

    private static ObjectNode resource(Ledger.Entry entry) {
        var resource = Documents.resource(TYPE, entry.poll().id().toString());
        var window = entry.poll().window();
        var problem = entry.problem();
        var attributes = Documents.attributes(resource)
                .put("device_id", entry.device().toString())
                .put("device_name", entry.deviceName())
                .put("feed", entry.feed().key())
                .put("purpose", entry.poll().purpose().key())
                .put("from", Documents.time(window.from()))
                .put("to", Documents.time(window.to()))
                .put("asked", entry.asked())
                .put("started_at", Documents.time(entry.startedAt()))
                .put("ended_at", Documents.time(entry.endedAt()))
                .put("requests", entry.requests())
                .put("pages", entry.pages())
                .put("took_ms", entry.took().toMillis())
                .put("bytes", entry.bytes())
                .put("new_records", entry.newRecords())
                .put("new_versions", entry.newVersions())
                .put("same", entry.same())
                .put("unreadable", entry.unreadable())
                .put("left_out", entry.leftOut())
                .put("outcome", entry.outcome().key())
                .put("trouble", problem.map(found -> found.trouble().key()).orElse(null))
                .put("cause", problem.map(Ledger.Problem::cause).orElse(null))
                .put("code", problem.flatMap(Ledger.Problem::code).orElse(null))
                .put("http_status", problem.flatMap(Ledger.Problem::httpStatus).orElse(null));
        var requestIds = attributes.putArray("request_ids");
        entry.requestIds().forEach(requestIds::add);
        Relations.toDevice(resource, entry.device());
        return resource;
    }
}
