package dev.gatehouse.workbench.detections;

import java.time.Instant;

/**
 * Something that was done to a rule.
 *
 * @param action e.g. {@code Switched off}
 * @param detail for whom and why, or which version; may be empty
 * @param actor who did it
 * @param at when
 */
public record RuleHistoryEntry(String action, String detail, String actor, Instant at) {}
