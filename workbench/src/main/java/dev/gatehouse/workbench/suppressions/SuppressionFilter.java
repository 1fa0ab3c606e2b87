package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.workbench.suppressions.Suppression.Standing;
import java.util.Optional;

/**
 * Which suppressions to list. Everything that is set has to hold.
 *
 * @param text part of the name, the owner, the rule, the condition or the reason; empty for all
 * @param standing as people see it; empty for all
 */
public record SuppressionFilter(String text, Optional<Standing> standing) {

    /** All of them. */
    public static final SuppressionFilter ALL = new SuppressionFilter("", Optional.empty());

    public SuppressionFilter {
        text = text.strip();
    }
}
