package dev.gatehouse.workbench.detections;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A rule as a list shows it.
 *
 * @param rule as it is written
 * @param source whose
 * @param organization the customer's, when it is one's own
 * @param origin the file it comes from; empty when it comes with the program or was typed here
 * @param priority its place among all that are listed, from 0, which is tried first
 * @param switches where it is switched off, of what the reader may know
 */
public record ListedRule(
        Rule rule,
        RuleSource source,
        Optional<UUID> organization,
        String origin,
        int priority,
        List<RuleSwitch> switches) {

    public ListedRule {
        switches = List.copyOf(switches);
    }

    /** Whether it takes nothing of anybody that the reader may see. */
    public boolean isOff() {
        return !switches.isEmpty();
    }

    /** Whether its text is in a file, where this program does not change it. */
    public boolean isTyped() {
        return source != RuleSource.SHIPPED && origin.isEmpty();
    }
}
