package dev.gatehouse.workbench.store;

import dev.gatehouse.model.Alert;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One page, understood and sorted, ready to be kept together with what it means for the checkpoint.
 *
 * @param request which request brought it
 * @param kept records to keep, all of the request's tenant and feed
 * @param leftOut alerts of other products, to be counted only
 * @param unreadable what could not be understood
 * @param watermark how far the feed is complete once this page is kept; empty when the page does not tell, as in a
 *     second look
 * @param notice something about this page that people should know, although it came
 * @param isLast whether all of the window has come with this page
 * @param replayed what it means for a replay, when it is a page of one; it says nothing of how the feed is doing then
 * @param owed a stretch of time that this page could not bring whole, and that is promised to be come back to
 * @param settled how far it reads a quarantined window, when it is a page of one; it says nothing of how the feed is
 *     doing then
 * @param heldBy why nothing but its records counts, when they came with an answer that was not whole, or behind one
 */
public record Delivery(
        Request request,
        List<Collected> kept,
        List<Alert> leftOut,
        List<Unreadable> unreadable,
        Optional<Instant> watermark,
        Optional<Diagnosis> notice,
        boolean isLast,
        Optional<Replayed> replayed,
        Optional<Owed> owed,
        Optional<Settled> settled,
        Optional<Diagnosis> heldBy) {

    public Delivery {
        kept = List.copyOf(kept);
        leftOut = List.copyOf(leftOut);
        unreadable = List.copyOf(unreadable);
    }

    /** A page of a feed's own polling that brought all there was. */
    public Delivery(
            Request request,
            List<Collected> kept,
            List<Alert> leftOut,
            List<Unreadable> unreadable,
            Optional<Instant> watermark,
            Optional<Diagnosis> notice) {
        this(
                request,
                kept,
                leftOut,
                unreadable,
                watermark,
                notice,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * How far a replay has got once the page is kept.
     *
     * @param replay which one
     * @param position everything of its range from here on is stored
     * @param reached of the slice before the position, everything before this is stored; empty when nothing of it is
     */
    public record Replayed(UUID replay, Instant position, Optional<Instant> reached) {}

    /**
     * A stretch of time that could not be read.
     *
     * @param window the stretch, by Microsoft's clock, with edges that the database can keep
     * @param why why not
     * @param attempts how often it was tried on its own
     * @param nextAt when it is to be tried again, by our clock
     */
    public record Owed(Window window, Diagnosis why, int attempts, Instant nextAt) {}

    /**
     * How far a quarantined window is read once the page is kept.
     *
     * @param window its id
     * @param reached everything in it before this is stored
     */
    public record Settled(UUID window, Instant reached) {}

    /**
     * A stretch of time that is passed over although it could not be read.
     *
     * @param request which request failed last, and for which feed
     * @param owed what is newly promised to be come back to; empty when that was promised before
     * @param watermark how far the feed is complete but for what is owed; empty when that is not moved
     * @param replayed what it means for a replay, when it is passed over in one
     */
    public record Detour(
            Request request, Optional<Owed> owed, Optional<Instant> watermark, Optional<Replayed> replayed) {}

    /**
     * One request to Microsoft and what it cost.
     *
     * @param device for which device
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
            UUID device,
            TenantId tenant,
            Feed feed,
            PollWindow poll,
            Instant at,
            Duration took,
            long bytes,
            Optional<String> requestId,
            String asked) {}

    /**
     * A record that could not be understood.
     *
     * @param original the text as received
     * @param reason why not
     * @param parserVersion of the parser that could not
     */
    public record Unreadable(Original original, String reason, int parserVersion) {}
}
