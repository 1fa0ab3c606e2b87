package dev.gatehouse.workbench.ledger;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.records.Delivery.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One request to Microsoft and what it cost.
 *
 * @param tenant of which directory
 * @param feed for which of its feeds
 * @param poll which window it is part of
 * @param at when it was over, by our clock
 * @param took how long it took
 * @param bytes size of the answer
 * @param requestId Microsoft's name for it, when it gave one
 * @param asked the question in Graph's own words; empty when it did not come to one
 */
public record Request(
        TenantId tenant,
        Feed feed,
        PollWindow poll,
        Instant at,
        Duration took,
        long bytes,
        Optional<String> requestId,
        String asked) {

    /** Where its answer's records come from. */
    public Origin origin() {
        return new Origin(tenant, feed, at, requestId);
    }
}
