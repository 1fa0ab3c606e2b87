package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import java.util.UUID;

/**
 * A page was stored; published after it was committed, also when nothing on it was new.
 *
 * @param deviceId whose feed it was
 * @param feed which one
 * @param newRecords records that were never seen before
 * @param newVersions changes of records that were
 */
public record PageStored(UUID deviceId, Feed feed, int newRecords, int newVersions) {}
