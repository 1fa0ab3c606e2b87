package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import java.util.UUID;

/**
 * Where a reading reads from, and what for.
 *
 * @param device whose feed it is
 * @param connection how to get at it
 * @param feed which one
 * @param look what the reading is for
 */
public record Source(UUID device, Connection connection, Feed feed, Look look) {

    /** What a reading is for. */
    public sealed interface Look {

        /** To get further: the checkpoint moves with every page. */
        record Onward() implements Look {}

        /** To find in the recent past what became visible late: the checkpoint stays. */
        record Second() implements Look {}

        /**
         * To read a slice of the past again: the checkpoint stays, and so does what is known of how the feed is doing.
         *
         * @param replay whose slice it is
         * @param slice the whole slice, of which the reading may be the rest
         */
        record Again(UUID replay, Window slice) implements Look {}
    }

    /** Whether a page of this reading moves the checkpoint. */
    boolean isOnward() {
        return look instanceof Look.Onward;
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
