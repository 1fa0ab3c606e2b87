package dev.gatehouse.workbench.web.api.detections;

import dev.gatehouse.workbench.detections.InvalidRule;
import dev.gatehouse.workbench.detections.RuleEditing;
import dev.gatehouse.workbench.detections.RuleProblem;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code detections}: the rules that somebody may see, in the order in which they are tried, and a check of new ones. */
@RestController
@RequestMapping(DetectionApi.PATH)
class DetectionApi {

    static final String TYPE = "detections";
    static final String PATH = "/api/v2/" + TYPE;

    private final RuleEditing editing;

    DetectionApi(RuleEditing editing) {
        this.editing = editing;
    }

    /** Says what is wrong with a rule, and changes nothing. */
    @PostMapping("/check")
    @Operation(
            value = "Says what is wrong with a detection rule, and changes nothing",
            consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> check(HttpServletRequest request) {
        var body = Body.read(request, TYPE);
        var file = body.text("file").filter(name -> !name.isBlank()).orElse("rule");
        var yaml = body.required("yaml");
        try {
            var rule = editing.check(file, yaml);
            return answer(rule.id().value(), List.of());
        } catch (InvalidRule e) {
            return answer("", e.problems());
        }
    }

    private static ResponseEntity<JsonNode> answer(String id, List<RuleProblem> problems) {
        var resource = Documents.resource(TYPE, id.isEmpty() ? "check" : id);
        var listed = Documents.attributes(resource)
                .put("accepted", problems.isEmpty())
                .putArray("problems");
        problems.forEach(problem -> listed.addObject()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("message", problem.message()));
        return Documents.ok(Documents.of(resource));
    }
}
