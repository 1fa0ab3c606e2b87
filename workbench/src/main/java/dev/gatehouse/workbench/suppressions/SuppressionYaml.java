package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.workbench.detections.Conditions;
import dev.gatehouse.workbench.detections.InvalidCondition;
import dev.gatehouse.workbench.detections.RuleProblem;
import dev.gatehouse.workbench.detections.YamlFields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;

/**
 * Suppressions as people read and pass them on.
 *
 * <pre>
 * name: Replication by the backup server
 * owner: ada@example.com
 * reason: |-
 *   The backup replicates the directory every night.
 * rule: suspected-dcsync-attack
 * condition: |-
 *   hosts.all(h, h == "backup01.acme.example")
 * includes_severe: true
 * starts_at: 2026-12-01T00:00:00Z
 * ends_at: 2027-06-01T00:00:00Z
 * review_at: 2027-03-01T00:00:00Z
 * comment: |-
 *   The nightly replication of the backup server.
 * </pre>
 */
@Component
public class SuppressionYaml {

    private static final List<String> NAMES =
            Arrays.stream(SuppressionField.values()).map(SuppressionField::key).toList();

    private final Conditions conditions;

    SuppressionYaml(Conditions conditions) {
        this.conditions = conditions;
    }

    /** A text is no suppression; it says where. */
    public static final class Invalid extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<RuleProblem> problems;

        Invalid(List<RuleProblem> problems) {
            super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
            this.problems = List.copyOf(problems);
        }

        /** What is wrong with it; at least one thing. */
        public List<RuleProblem> problems() {
            return problems;
        }
    }

    /**
     * Reads one. Whether there are such an owner and such a rule is for {@link SuppressionEditing} to say.
     *
     * @throws Invalid when it is no YAML, has other fields, or its condition is none
     */
    public SuppressionDraft read(String yaml) throws Invalid {
        var problems = new YamlFields.Problems("suppression");
        var draft = SuppressionDraft.EMPTY;
        var fields = YamlFields.of(yaml, problems, NAMES.toArray(String[]::new));
        if (fields.isPresent()) {
            for (var field : SuppressionField.values()) {
                var text = fields.get().optional(field.key());
                if (text.isPresent()) {
                    draft = draft.with(field, text.get());
                }
            }
            check(yaml, fields.get(), draft.text(SuppressionField.CONDITION));
        }
        if (!problems.isEmpty()) {
            throw new Invalid(problems.found());
        }
        return draft;
    }

    private void check(String yaml, YamlFields fields, String condition) {
        if (condition.isEmpty()) {
            return;
        }
        try {
            conditions.of(condition);
        } catch (InvalidCondition e) {
            e.faults()
                    .forEach(fault -> fields.problemInside(
                            SuppressionField.CONDITION.key(), yaml, fault.line(), fault.column(), fault.message()));
        }
    }

    /** Writes one, so that reading it gives the same. */
    public String write(SuppressionDraft draft) {
        var options = new DumperOptions();
        options.setWidth(Integer.MAX_VALUE);
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setSplitLines(false);
        var plain = new Yaml(options);
        var literal = new DumperOptions();
        literal.setDefaultScalarStyle(ScalarStyle.LITERAL);
        var blocks = new Yaml(literal);
        return Stream.of(SuppressionField.values())
                .filter(field -> !draft.text(field).isEmpty())
                .map(field -> line(field, draft.text(field), plain, blocks))
                .collect(Collectors.joining());
    }

    private static String line(SuppressionField field, String text, Yaml plain, Yaml blocks) {
        Map<String, Object> one = new LinkedHashMap<>();
        return switch (field) {
            // Without quotation marks, as people write them.
            case INCLUDES_SEVERE, STARTS_AT, ENDS_AT, REVIEW_AT -> "%s: %s\n".formatted(field.key(), text);
            case CONDITION, REASON, COMMENT -> {
                var block = blocks.dump(text);
                yield block.startsWith("|")
                        ? "%s: %s".formatted(field.key(), block)
                        : plain.dump(mapped(one, field, text));
            }
            case NAME, OWNER, RULE -> plain.dump(mapped(one, field, text));
        };
    }

    private static Map<String, Object> mapped(Map<String, Object> one, SuppressionField field, String text) {
        one.put(field.key(), text);
        return one;
    }
}
