package dev.gatehouse.workbench.web.api.investigations;

import dev.gatehouse.workbench.files.FileName;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a query of an investigative action found, to be saved as JSON. The task that known clients ask for is the action itself,
 * which {@code result_task_id} names.
 */
@RestController
class TaskApi {

    private final InvestigativeActions actions;

    TaskApi(InvestigativeActions actions) {
        this.actions = actions;
    }

    @GetMapping("/api/v2/tasks/{id}/download")
    @Operation(value = "Gives what the query of an investigative action found", produces = "application/json")
    ResponseEntity<JsonNode> download(Scope scope, @PathVariable String id) {
        var action = uuid(id).flatMap(key -> actions.find(scope, key))
                .orElseThrow(() -> Refusal.notFound("There is no task with the id %s.".formatted(id)));
        var query = action.query();
        var table = query.table().orElseThrow(() -> Refusal.notFound(nothing(query)));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        new FileName("results-%s.json".formatted(action.id())).attachment())
                .header("X-Content-Type-Options", "nosniff")
                .body(json(query, table));
    }

    private static String nothing(InvestigativeAction.Query query) {
        return query.failure().isEmpty()
                ? "The action has no results of a query."
                : "The query of the action brought nothing: %s".formatted(query.failure());
    }

    private static JsonNode json(InvestigativeAction.Query query, InvestigativeAction.Table table) {
        var answer = JsonNodeFactory.instance.objectNode();
        var columns = answer.putArray("columns");
        table.columns().forEach(columns::add);
        var rows = answer.putArray("rows");
        for (var each : table.rows()) {
            var row = rows.addObject();
            for (var place = 0; place < table.columns().size() && place < each.size(); place++) {
                row.put(table.columns().get(place), each.get(place));
            }
        }
        answer.put("row_count", query.rowCount().orElse(table.rows().size()));
        return answer;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
