package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.workbench.processes.Processes;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code processes}: who shares the work on this database. */
@RestController
class ProcessApi {

    private static final String TYPE = "processes";

    private final Processes processes;

    ProcessApi(Processes processes) {
        this.processes = processes;
    }

    @GetMapping("/api/v2/" + TYPE)
    @Operation("Lists the processes that share this database")
    ResponseEntity<JsonNode> list(HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of());
        var page = query.page();
        var all = processes.all();
        return Documents.ok(Documents.of(all, page, query, ProcessApi::resource));
    }

    private static ObjectNode resource(Processes.Peer process) {
        var resource = Documents.resource(TYPE, process.id().toString());
        Documents.attributes(resource)
                .put("name", process.name())
                .put("host", process.host())
                .put("version", process.version())
                .put("started_at", Documents.time(process.startedAt()))
                .put("seen_at", Documents.time(process.seenAt()))
                .put("alive", process.isAlive())
                .put("answering", process.isSelf())
                .put("tenants", process.tenants());
        return resource;
    }
}
