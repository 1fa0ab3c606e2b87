package dev.gatehouse.workbench.web.api.detections;

import static dev.gatehouse.workbench.web.api.resources.Attribute.always;
import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.computed;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.json;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.texts;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;

import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Example;
import dev.gatehouse.workbench.detections.JoinBy;
import dev.gatehouse.workbench.detections.ListedRule;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.detections.Tactic;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.suppressions.Suppression;
import dev.gatehouse.workbench.suppressions.SuppressionEvent;
import dev.gatehouse.workbench.suppressions.SuppressionFilter;
import dev.gatehouse.workbench.suppressions.SuppressionViews;
import dev.gatehouse.workbench.suppressions.SuppressionYaml;
import dev.gatehouse.workbench.suppressions.Suppressions;
import dev.gatehouse.workbench.web.api.resources.Actors;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Key;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code detections}: detection rules, with the {@code mitre_tactics} that they name; {@code suppressions}, which {@link
 * SuppressionApi} changes, and {@code suppression_histories}.
 */
@Component
class DetectionResources implements Description {

    private static final String ORGANIZATION = "organization_id";
    private static final String HISTORIES = "suppression_histories";
    private static final String SUPPRESSION = " suppression";
    private static final int PORTION = 200;

    private final Rules rules;
    private final Suppressions suppressions;
    private final SuppressionYaml yaml;
    private final InstantSource clock;

    DetectionResources(Rules rules, Suppressions suppressions, SuppressionYaml yaml, InstantSource clock) {
        this.rules = rules;
        this.suppressions = suppressions;
        this.yaml = yaml;
        this.clock = clock;
    }

    @Override
    public List<Resource> resources() {
        return List.of(detections(), tactics(), suppressions(), histories());
    }

    private Resource detections() {
        return Resource.of(DetectionApi.TYPE, scope -> rules.list(scope).stream()
                        .map(DetectionResources::row)
                        .toList())
                .says("Detection rules in the order in which they are tried, see docs/detections.md."
                        + " yaml, the rule as it is written, stands in the answer for one alone.")
                .knownBy(Key.text("id"))
                .has(
                        text("name"),
                        text("description"),
                        always("engine", Type.TEXT, "CEL"),
                        text("severity").of(AlertSeverity.values()),
                        text("status").of(List.of("ENABLED", "DISABLED")),
                        integer("priority"),
                        text("logic_blob"),
                        text("test_blob"),
                        text("unique_on"),
                        text("unique_within"),
                        integer("version"),
                        text("source"),
                        text(ORGANIZATION),
                        text("fidelity"),
                        text("impact"),
                        texts("tags"),
                        texts("mitre_tactics"),
                        texts("mitre_techniques"),
                        computed("yaml", Type.TEXT))
                .leadsTo(
                        one("organization", "organizations", ORGANIZATION),
                        many("expel_alerts", "expel_alerts", "rule_id"))
                .sortedBy("priority")
                .computed((rows, scope, isWhole) -> {
                    if (isWhole) {
                        rows.forEach(row -> row.with(
                                "yaml",
                                rules.find(scope, new RuleId(row.text("id")))
                                        .map(listed -> listed.rule().yaml())));
                    }
                })
                .build();
    }

    private static Row row(ListedRule listed) {
        var rule = listed.rule();
        var joins = Optional.of(rule.join()).filter(join -> join.by() != JoinBy.NONE);
        return new Row()
                .with("id", rule.id().value())
                .with("name", rule.name())
                .with("description", rule.description())
                .with("severity", rule.severity().base().name())
                .with("status", listed.isOff() ? "DISABLED" : "ENABLED")
                .with("priority", (long) listed.priority())
                .with("logic_blob", rule.condition())
                .with("test_blob", examples(rule.examples()).toString())
                .with("unique_on", joins.map(join -> join.by().key()))
                .with("unique_within", joins.map(join -> join.within().toString()))
                .with("version", (long) rule.version())
                .with("source", listed.source().key())
                .with(ORGANIZATION, listed.organization().map(UUID::toString))
                .with("fidelity", rule.severity().fidelity().key())
                .with("impact", rule.severity().impact().key())
                .with("tags", List.of(listed.source().key()))
                .with("mitre_tactics", rule.attack().tactics())
                .with("mitre_techniques", rule.attack().techniques());
    }

    private Resource tactics() {
        return Resource.of("mitre_tactics", this::tacticRows)
                .says(
                        "The tactics of MITRE ATT&CK that detection rules name: techniques are those that rules of the tactic name,"
                                + " and detections the ids of these rules.")
                .knownBy(Key.text("tactic_id"))
                .has(
                        text("tactic_id"),
                        text("name"),
                        texts("techniques"),
                        texts("detections"),
                        none("created_at", Type.TIME),
                        none("updated_at", Type.TIME))
                .build();
    }

    private List<Row> tacticRows(Scope scope) {
        var techniques = new TreeMap<String, TreeSet<String>>();
        var named = new TreeMap<String, List<String>>();
        for (var listed : rules.list(scope)) {
            var attack = listed.rule().attack();
            for (var tactic : attack.tactics()) {
                techniques.computeIfAbsent(tactic, _ -> new TreeSet<>()).addAll(attack.techniques());
                named.computeIfAbsent(tactic, _ -> new ArrayList<>())
                        .add(listed.rule().id().value());
            }
        }
        return named.entrySet().stream()
                .map(tactic -> new Row()
                        .with("tactic_id", tactic.getKey())
                        .with("name", Tactic.of(tactic.getKey()).map(Tactic::title))
                        .with("techniques", List.copyOf(techniques.getOrDefault(tactic.getKey(), new TreeSet<>())))
                        .with("detections", tactic.getValue()))
                .toList();
    }

    private static Resource histories() {
        return Resource.of(HISTORIES, SuppressionViews.HISTORY)
                .says("What was done to suppressions. It is written with the change itself and never changed.")
                // Alerts lead to them by the first part.
                .knownBy(new Key(List.of(new Key.Part("suppression_id", "uuid"), new Key.Part("id", "bigint"))))
                .has(
                        text("action").of(SuppressionEvent.Action.values()),
                        json("value"),
                        time("created_at").from("at"),
                        text("actor_name"),
                        integer("revision"))
                .leadsTo(
                        one("suppression", SuppressionApi.TYPE, "suppression_id"),
                        one("organization", "organizations", ORGANIZATION),
                        one("created_by", Actors.TYPE, "actor_id"))
                .sortedBy("created_at")
                .build();
    }

    private static ObjectNode examples(List<Example> examples) {
        var blob = JsonMapper.shared().createObjectNode();
        var match = blob.putArray("match");
        var noMatch = blob.putArray("no_match");
        examples.forEach(example ->
                (example.isMatch() ? match : noMatch).add(JsonMapper.shared().readTree(example.text())));
        return blob;
    }

    private Resource suppressions() {
        return Resource.of(SuppressionApi.TYPE, this::suppressionRows)
                .says("Conditions under which new alerts are closed at once, see docs/suppressions.md and docs/api.md."
                        + " yaml, the whole as text, stands in the answer for one alone.")
                .has(
                        text("name").writable(),
                        text("status"),
                        text(ORGANIZATION),
                        text("owner").writable(),
                        text("reason").writable(),
                        text("rule").writable(),
                        text("condition").writable(),
                        bool("includes_severe").writable(),
                        time("starts_at").writable(),
                        time("ends_at").writable(),
                        time("review_at").writable(),
                        text("comment").writable(),
                        integer("closed_alerts"),
                        time("last_closed_at"),
                        integer("revision").writable(),
                        time("created_at"),
                        text("created_by"),
                        computed("yaml", Type.TEXT).writable())
                .leadsTo(
                        one("organization", "organizations", ORGANIZATION),
                        one("detection", DetectionApi.TYPE, "rule"),
                        many(HISTORIES, HISTORIES, "suppression_id"),
                        many("expel_alerts", "expel_alerts", "suppression_id"))
                .computed((rows, scope, isWhole) -> {
                    if (isWhole) {
                        rows.forEach(row -> row.with(
                                "yaml",
                                yaml.write(((Suppression) row.get(SUPPRESSION).orElseThrow())
                                        .terms()
                                        .draft())));
                    }
                })
                .sortedBy("-created_at")
                .createdElsewhere(Right.MANAGE_DETECTIONS)
                .changedElsewhere(Right.MANAGE_DETECTIONS)
                .build();
    }

    /** There are as many as people write. */
    private List<Row> suppressionRows(Scope scope) {
        var all = new ArrayList<Row>();
        Optional<Place> place = Optional.empty();
        KeysetPage<Suppression> page;
        do {
            page = suppressions.list(scope, SuppressionFilter.ALL, place, PORTION);
            page.rows().forEach(each -> all.add(row(each)));
            place = page.next();
        } while (place.isPresent());
        return all;
    }

    private Row row(Suppression suppression) {
        var terms = suppression.terms();
        return new Row()
                .with(SUPPRESSION, suppression)
                .with("id", suppression.id().toString())
                .with("name", terms.name())
                .with("status", suppression.standing(clock.instant()).name())
                .with(ORGANIZATION, suppression.organization().map(UUID::toString))
                .with("owner", terms.owner().name())
                .with("reason", terms.reason())
                .with("rule", terms.rule().map(RuleId::value))
                .with("condition", terms.condition())
                .with("includes_severe", terms.includesSevere())
                .with("starts_at", terms.starts())
                .with("ends_at", terms.ends())
                .with("review_at", terms.review())
                .with("comment", terms.comment())
                .with("closed_alerts", suppression.closed().alerts())
                .with("last_closed_at", suppression.closed().last())
                .with("revision", (long) suppression.revision())
                .with("created_at", suppression.created())
                .with("created_by", suppression.createdBy());
    }
}
