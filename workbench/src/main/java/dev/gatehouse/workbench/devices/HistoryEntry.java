package dev.gatehouse.workbench.devices;

import java.time.Instant;

/**
 * Something that was done to a device.
 *
 * @param action {@code CREATED}, {@code UPDATED}, {@code UPDATED_SECRETS}, {@code ENABLED}, {@code DISABLED} or
 *     {@code DELETED}
 * @param detail what changed, without secrets
 * @param actor who did it
 * @param at when
 */
public record HistoryEntry(String action, String detail, String actor, Instant at) {}
