package dev.gatehouse.workbench.web.api.detections;

import dev.gatehouse.workbench.detections.Example;
import dev.gatehouse.workbench.detections.InvalidRule;
import dev.gatehouse.workbench.detections.JoinBy;
import dev.gatehouse.workbench.detections.ListedRule;
import dev.gatehouse.workbench.detections.RuleEditing;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.detections.RuleProblem;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Terms;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code detections}: the rules that somebody may see, in the order in which they are tried, and a check of new ones. */
@RestController
@RequestMapping(DetectionApi.PATH)
class DetectionApi {

    static final String TYPE = "detections";
    static final String PATH = "/api/v2/" + TYPE;

    private final Rules rules;
    private final RuleEditing editing;

    DetectionApi(Rules rules, RuleEditing editing) {
        this.rules = rules;
        this.editing = editing;
    }

    @GetMapping
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of("name", "severity", "status", "source"));
        var page = query.page();
        var names = new Terms(query.filter("name"));
        var severities = new Terms(query.filter("severity"));
        var states = new Terms(query.filter("status"));
        var sources = new Terms(query.filter("source"));
        var all = rules.list(scope).stream()
                .filter(listed -> names.test(listed.rule().name())
                        && severities.test(listed.rule().severity().base().name())
                        && states.test(status(listed))
                        && sources.test(listed.source().key()))
                .toList();
        return Documents.ok(Documents.of(all, page, query, DetectionApi::resource));
    }

    @GetMapping("/{id}")
    ResponseEntity<JsonNode> get(Scope scope, @PathVariable String id) {
        var found = Optional.of(id)
                .filter(RuleId::isValid)
                .flatMap(valid -> rules.find(scope, new RuleId(valid)))
                .orElseThrow(() -> Refusal.notFound("There is no detection rule with the id %s.".formatted(id)));
        var resource = resource(found);
        Documents.attributes(resource).put("yaml", found.rule().yaml());
        return Documents.ok(Documents.of(resource));
    }

    /** Says what is wrong with a rule, and changes nothing. */
    @PostMapping("/check")
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

    private static String status(ListedRule listed) {
        return listed.isOff() ? "DISABLED" : "ENABLED";
    }

    private static ObjectNode resource(ListedRule listed) {
        var rule = listed.rule();
        var resource = Documents.resource(TYPE, rule.id().value());
        var attributes = Documents.attributes(resource)
                .put("name", rule.name())
                .put("description", rule.description())
                .put("engine", "CEL")
                .put("severity", rule.severity().base().name())
                .put("status", status(listed))
                .put("priority", listed.priority())
                .put("logic_blob", rule.condition())
                .put("test_blob", examples(rule.examples()).toString())
                .put(
                        "unique_on",
                        rule.join().by() == JoinBy.NONE
                                ? null
                                : rule.join().by().key())
                .put(
                        "unique_within",
                        rule.join().by() == JoinBy.NONE
                                ? null
                                : rule.join().within().toString())
                .put("version", rule.version())
                .put("source", listed.source().key())
                .put(
                        "organization_id",
                        listed.organization().map(Object::toString).orElse(null))
                .put("fidelity", rule.severity().fidelity().key())
                .put("impact", rule.severity().impact().key());
        fill(attributes.putArray("tags"), List.of(listed.source().key()));
        fill(attributes.putArray("mitre_tactics"), rule.attack().tactics());
        fill(attributes.putArray("mitre_techniques"), rule.attack().techniques());
        return resource;
    }

    private static ObjectNode examples(List<Example> examples) {
        var blob = JsonMapper.shared().createObjectNode();
        var match = blob.putArray("match");
        var noMatch = blob.putArray("no_match");
        examples.forEach(example ->
                (example.isMatch() ? match : noMatch).add(JsonMapper.shared().readTree(example.text())));
        return blob;
    }

    private static void fill(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
