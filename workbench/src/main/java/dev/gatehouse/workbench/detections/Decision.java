package dev.gatehouse.workbench.detections;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of a vendor alert.
 *
 * @param rule that took it
 * @param ruleVersion of that rule
 * @param ruleName what people call the rule
 * @param severity for analysts
 * @param severityReason one sentence that says how the severity came about
 * @param reason why this rule took it: its condition, and the values that the condition looked at
 * @param join what joins it with others of its tenant
 * @param joinWithin how long after the last one that joined another may; zero when none joins
 * @param tactics MITRE ATT&amp;CK, e.g. {@code TA0006}
 * @param techniques MITRE ATT&amp;CK, those of the rule and then those that Microsoft adds, e.g. {@code T1003.006}
 * @param passedOver rules whose condition failed on it, each with the reason
 */
public record Decision(
        RuleId rule,
        int ruleVersion,
        String ruleName,
        AlertSeverity severity,
        String severityReason,
        String reason,
        JoinKey join,
        Duration joinWithin,
        List<String> tactics,
        List<String> techniques,
        List<String> passedOver) {

    public Decision {
        tactics = List.copyOf(tactics);
        techniques = List.copyOf(techniques);
        passedOver = List.copyOf(passedOver);
    }
}
