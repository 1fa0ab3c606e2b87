package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import java.util.UUID;

/**
 * Where a reading reads from, and what for.
 *
 * @param device whose feed it is
 * @param connection how to get at it
 * @param feed which one
 * @param look what the reading is for
 */
record Source(UUID device, Connection connection, Feed feed, Look look) {

    /** What a reading is for. */
    enum Look {
        /** To get further: the checkpoint moves with every page. */
        ONWARD,
        /** To find in the recent past what became visible late: the checkpoint stays. */
        SECOND
    }

    TenantId tenant() {
        return connection.tenant();
    }

    /** For the log: no secret in it. */
    @Override
    public String toString() {
        return "%s of tenant %s".formatted(feed.title(), tenant());
    }
}
