package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.Original;
import dev.gatehouse.model.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Understands the YAML of a rule, makes its conditions ready, and tries its examples. A rule that comes out of here can be
 * used; everything that is wrong with one that does not is said with line and column.
 */
@Component
class RuleReader {

    static final Duration LONGEST_JOIN = Duration.ofDays(30);
    static final Duration LONGEST_WINDOW = Duration.ofDays(30);
    static final int MOST_STEPS = 12;
    static final int MOST_EXAMPLES = 30;

    private static final Pattern TACTIC = Pattern.compile("TA[0-9]{4}");
    private static final Pattern TECHNIQUE = Pattern.compile("T[0-9]{4}(\\.[0-9]{3})?");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ExampleReader examples;
    private @Nullable Parts parts;

    RuleReader(ExampleReader examples) {
        this.examples = examples;
    }

    /** What all rules are read with. */
    private record Parts(ConditionCompiler compiler, Runbooks runbooks, Condition usuallyMitigated) {

        static Parts make() {
            try {
                var compiler = new ConditionCompiler();
                return new Parts(compiler, Runbooks.shipped(), compiler.compile(RuleSeverity.USUALLY_MITIGATED));
            } catch (InvalidCondition e) {
                throw new IllegalStateException("The usual condition for what was stopped is wrong", e);
            }
        }
    }

    /** Made when the first rule is read: loading CEL takes a second or so, which the start need not wait for. */
    private synchronized Parts parts() {
        var made = parts;
        if (made == null) {
            made = Parts.make();
            parts = made;
        }
        return made;
    }

    /**
     * Makes a condition of a text.
     *
     * @throws InvalidCondition when it is none
     */
    Condition condition(String text) throws InvalidCondition {
        return parts().compiler().compile(text);
    }

    /**
     * Reads a rule of a customer or the provider, and tries its examples.
     *
     * @param file what to call it when something is wrong
     * @throws InvalidRule when it is not understood, or an example fails
     */
    LoadedRule read(String file, String yaml) throws InvalidRule {
        var problems = new YamlFields.Problems(file);
        var loaded = understand(yaml, problems);
        loaded.ifPresent(each -> tryExamples(each, problems));
        return loaded.filter(_ -> problems.isEmpty()).orElseThrow(() -> new InvalidRule(problems.found()));
    }

    /**
     * Reads a rule that is shipped, whose examples a test has tried.
     *
     * @throws InvalidRule when it is not understood
     */
    LoadedRule readShipped(String file, String yaml) throws InvalidRule {
        var problems = new YamlFields.Problems(file);
        return understand(yaml, problems)
                .filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new InvalidRule(problems.found()));
    }

    private Optional<LoadedRule> understand(String yaml, YamlFields.Problems problems) {
        return YamlFields.of(
                        yaml,
                        problems,
                        "id",
                        "version",
                        "name",
                        "description",
                        "condition",
                        "severity",
                        "join",
                        "attack",
                        "runbook",
                        "examples")
                .flatMap(fields -> understand(yaml, fields));
    }

    private Optional<LoadedRule> understand(String yaml, YamlFields fields) {
        var id = id(fields);
        var version = fields.number("version");
        var name = fields.text("name", 200);
        var description = fields.text("description", 4_000);
        var text = fields.text("condition", ConditionCompiler.LONGEST);
        var condition = condition(yaml, fields, "condition", text);
        var severity = fields.inside("severity", "fidelity", "impact", "vendor", "mitigated");
        var weight = severity.map(RuleReader::severity);
        var mitigated = severity.flatMap(inside -> inside.node("mitigated").isPresent()
                ? condition(yaml, inside, "mitigated", inside.text("mitigated", ConditionCompiler.LONGEST))
                : Optional.of(parts().usuallyMitigated()));
        var join = fields.inside("join", "by", "within").map(RuleReader::join);
        var attack = fields.inside("attack", "tactics", "techniques")
                .map(inside -> new Attack(inside.texts("tactics", TACTIC), inside.texts("techniques", TECHNIQUE)));
        var runbook = runbook(fields);
        var tried = examples(fields);
        if (id.isEmpty()
                || condition.isEmpty()
                || weight.isEmpty()
                || mitigated.isEmpty()
                || join.isEmpty()
                || attack.isEmpty()) {
            return Optional.empty();
        }
        var rule = new Rule(
                id.get(),
                version,
                name,
                description,
                text,
                weight.get(),
                join.get(),
                attack.get(),
                runbook,
                tried,
                yaml);
        return Optional.of(
                new LoadedRule(rule, RuleSource.SHIPPED, Optional.empty(), "", condition.get(), mitigated.get()));
    }

    private static Optional<RuleId> id(YamlFields fields) {
        var text = fields.text("id", 100);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!RuleId.isValid(text)) {
            fields.problem("id", "An id has small letters, digits and single hyphens.");
            return Optional.empty();
        }
        return Optional.of(new RuleId(text));
    }

    private Optional<Condition> condition(String yaml, YamlFields fields, String name, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parts().compiler().compile(text));
        } catch (InvalidCondition e) {
            e.faults()
                    .forEach(fault -> fields.problemInside(name, yaml, fault.line(), fault.column(), fault.message()));
            return Optional.empty();
        }
    }

    private static RuleSeverity severity(YamlFields fields) {
        return new RuleSeverity(
                fields.word("fidelity", Grade.class),
                fields.word("impact", Grade.class),
                fields.word("vendor", Severity.class),
                fields.optional("mitigated").map(String::strip));
    }

    private static Join join(YamlFields fields) {
        var by = fields.word("by", JoinBy.class);
        var within = fields.duration("within", LONGEST_JOIN);
        if (by == JoinBy.NONE) {
            return new Join(by, Duration.ZERO);
        }
        if (within.isZero()) {
            fields.problem("within", "The field \"within\" is missing: how long after the last one may another join?");
        }
        return new Join(by, within);
    }

    private Runbook runbook(YamlFields fields) {
        var steps = new ArrayList<HuntingStep>();
        var runbooks = parts().runbooks();
        for (var node : fields.list("runbook")) {
            if (node instanceof ScalarNode reference) {
                runbooks.named(reference.getValue())
                        .ifPresentOrElse(
                                shared -> shared.steps().stream()
                                        // Runbooks have steps in common.
                                        .filter(step -> !steps.contains(step))
                                        .forEach(steps::add),
                                () -> fields.problems()
                                        .at(
                                                node,
                                                "There is no runbook \"%s\"; there are %s."
                                                        .formatted(
                                                                reference.getValue(),
                                                                String.join(", ", runbooks.names()))));
            } else {
                Runbooks.step(node, fields.problems()).ifPresent(steps::add);
            }
        }
        if (steps.size() > MOST_STEPS) {
            fields.problem("runbook", "A runbook has at most %d steps.".formatted(MOST_STEPS));
        }
        var ids = new HashSet<String>();
        steps.stream()
                .map(HuntingStep::id)
                .filter(id -> !ids.add(id))
                .findFirst()
                .ifPresent(id -> fields.problem("runbook", "The step \"%s\" is there twice.".formatted(id)));
        return new Runbook(steps);
    }

    private List<Example> examples(YamlFields fields) {
        var found = new ArrayList<Example>();
        fields.inside("examples", "match", "no_match").ifPresent(inside -> {
            inside.list("match")
                    .forEach(node -> example(node, true, inside.problems()).ifPresent(found::add));
            inside.list("no_match")
                    .forEach(node -> example(node, false, inside.problems()).ifPresent(found::add));
            if (inside.list("match").isEmpty()) {
                inside.problem("match", "An example is missing that the rule has to take (match).");
            }
            // What takes everything can have none.
            if (inside.list("no_match").isEmpty()
                    && !fields.optional("condition").orElse("").strip().equals("true")) {
                inside.problem("no_match", "An example is missing that the rule must not take (no_match).");
            }
            if (found.size() > MOST_EXAMPLES) {
                inside.problem("match", "A rule has at most %d examples.".formatted(MOST_EXAMPLES));
            }
        });
        return found;
    }

    private Optional<Example> example(Node node, boolean isMatch, YamlFields.Problems problems) {
        if (!(ExampleJson.of(node) instanceof ObjectNode stated)) {
            problems.at(node, "An example is a vendor alert: a mapping in the words of Graph.");
            return Optional.empty();
        }
        try {
            var alert = examples.read(Original.of(JSON.writeValueAsString(ExampleJson.complete(stated))));
            var mark = node.getStartMark();
            return Optional.of(new Example(
                    alert, isMatch, JSON.writeValueAsString(stated), mark.getLine() + 1, mark.getColumn() + 1));
        } catch (IllegalArgumentException e) {
            problems.at(node, "The example is no vendor alert: %s".formatted(e.getMessage()));
            return Optional.empty();
        }
    }

    private static final UUID NOBODY = new UUID(0, 0);

    /** Whom an example is about. */
    private static Subject subject(Example example) {
        return new Subject(example.alert(), NOBODY, "Example", "EX", "Example").in(labels(example));
    }

    /** The labels that an example says its names have. */
    private static Map<String, List<String>> labels(Example example) {
        var labels = new LinkedHashMap<String, List<String>>();
        JSON.readTree(example.text())
                .path("context")
                .properties()
                .forEach(label -> labels.put(
                        label.getKey().toLowerCase(Locale.ROOT),
                        label.getValue()
                                .valueStream()
                                .map(name -> name.asString("").toLowerCase(Locale.ROOT))
                                .toList()));
        return labels;
    }

    private static void tryExamples(LoadedRule loaded, YamlFields.Problems problems) {
        results(loaded)
                .forEach((example, wrong) ->
                        wrong.ifPresent(message -> problems.at(example.line(), example.column(), message)));
    }

    /** What came of each example: empty when it is as it should be, otherwise what is wrong. */
    static Map<Example, Optional<String>> results(LoadedRule loaded) {
        var results = new LinkedHashMap<Example, Optional<String>>();
        for (var example : loaded.rule().examples()) {
            results.put(example, result(loaded, example));
        }
        return results;
    }

    private static Optional<String> result(LoadedRule loaded, Example example) {
        var facts = new Facts(subject(example));
        try {
            loaded.mitigated().holds(facts);
            if (loaded.condition().holds(facts) == example.isMatch()) {
                return Optional.empty();
            }
            return Optional.of(
                    example.isMatch()
                            ? "The rule has to take this example, and does not."
                            : "The rule must not take this example, and does.");
        } catch (ConditionFailed e) {
            return Optional.of("The condition fails for this example: %s.".formatted(e.reason()));
        }
    }
}
