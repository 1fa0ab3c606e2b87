package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;

/**
 * A page was stored; published after it was committed, also when nothing on it was new.
 *
 * @param tenant whose feed it was
 * @param feed which one
 * @param newRecords records that were never seen before
 * @param newVersions changes of records that were
 */
public record PageStored(TenantId tenant, Feed feed, int newRecords, int newVersions) {}
