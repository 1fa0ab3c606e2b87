package dev.gatehouse.workbench.notifications;

import java.time.Instant;

/**
 * Who wrote something, and when.
 *
 * @param created when
 * @param createdBy by whom
 * @param updated when it last changed
 * @param updatedBy by whom
 */
public record Trace(Instant created, String createdBy, Instant updated, String updatedBy) {}
