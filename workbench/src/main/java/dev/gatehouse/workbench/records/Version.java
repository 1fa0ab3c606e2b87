package dev.gatehouse.workbench.records;

import dev.gatehouse.model.ContentHash;
import java.time.Instant;

/**
 * One version of a record.
 *
 * @param hash what tells it from others
 * @param updated when Microsoft made it
 * @param firstSeen when we first saw it
 * @param isCurrent whether lists show it
 */
public record Version(ContentHash hash, Instant updated, Instant firstSeen, boolean isCurrent) {}
