package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;

/**
 * Understands an original once more. The columns hold what people search by; everything else about a record is read from
 * its original when somebody opens it, so that a better parser improves old records too.
 */
@FunctionalInterface
public interface Reread {

    /**
     * Reads a stored record again.
     *
     * @throws IllegalStateException when it is not understood any more
     */
    Collected read(TenantId tenant, Feed feed, Original original);
}
