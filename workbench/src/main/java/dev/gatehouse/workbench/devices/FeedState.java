package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one feed of one tenant has been read, and how it is doing. Instants are by our clock, except the watermark.
 *
 * @param tenant whose feed it is
 * @param feed which one
 * @param watermark everything before it is stored; by Microsoft's clock
 * @param lastPoll last attempt
 * @param lastSuccess last attempt that Microsoft answered with a page
 * @param lastData last time something new was stored
 * @param nextPoll when it is due again
 * @param workingSince start of the present run of successes; empty while it fails or before the first success
 * @param secondLook when the recent past was last read once more
 * @param checkpointMoved when the watermark last moved
 * @param trouble why the last attempt failed; empty when it succeeded
 * @param troubleSince since when it has failed
 * @param failures how many attempts have failed in a row
 * @param records distinct records stored
 * @param versions distinct versions stored
 * @param unreadable records kept that could not be understood
 * @param leftOut alerts of other products, counted and not kept
 * @param owed windows that could not be read and wait in quarantine
 */
public record FeedState(
        TenantId tenant,
        Feed feed,
        Optional<Instant> watermark,
        Optional<Instant> lastPoll,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastData,
        Optional<Instant> nextPoll,
        Optional<Instant> workingSince,
        Optional<Instant> secondLook,
        Optional<Instant> checkpointMoved,
        Optional<Diagnosis> trouble,
        Optional<Instant> troubleSince,
        int failures,
        long records,
        long versions,
        long unreadable,
        long leftOut,
        int owed) {

    /** Until when Microsoft wants the feed to be left alone; empty when it does not. */
    public Optional<Instant> parkedUntil() {
        return trouble.filter(diagnosis -> diagnosis.trouble() == Trouble.THROTTLED)
                .flatMap(diagnosis -> nextPoll);
    }

    /** The state of a feed that was never polled. */
    public static FeedState untouched(TenantId tenant, Feed feed) {
        return new FeedState(
                tenant,
                feed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                0);
    }
}
