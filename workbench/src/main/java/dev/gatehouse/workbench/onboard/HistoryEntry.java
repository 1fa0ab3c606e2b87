package dev.gatehouse.workbench.onboard;

import java.time.Instant;

/**
 * Something that was done about a set-up.
 *
 * @param action e.g. {@code APPLY_STARTED}
 * @param detail more about it, without secrets
 * @param actor who did it
 * @param at when
 */
public record HistoryEntry(String action, String detail, String actor, Instant at) {}
