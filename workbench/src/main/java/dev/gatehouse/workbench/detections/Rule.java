package dev.gatehouse.workbench.detections;

import java.util.List;

/**
 * A detection rule as its YAML says it.
 *
 * @param id what it is known by
 * @param version whoever changes it counts on
 * @param name what people call it
 * @param description what it is about, in plain words, and why that matters
 * @param condition which vendor alerts it takes, in CEL
 * @param severity how the severity of its alerts comes about
 * @param join when several vendor alerts are one alert
 * @param attack what it is about in MITRE ATT&amp;CK
 * @param runbook what to look up for its alerts
 * @param examples that it has to take or must not; at least one to take, and one to leave unless the rule takes everything
 * @param yaml its text
 */
public record Rule(
        RuleId id,
        int version,
        String name,
        String description,
        String condition,
        RuleSeverity severity,
        Join join,
        Attack attack,
        Runbook runbook,
        List<Example> examples,
        String yaml) {

    public Rule {
        examples = List.copyOf(examples);
    }

    /** What catches everything that no other rule takes. */
    public boolean isDefault() {
        return id.equals(RuleId.DEFAULT);
    }
}
