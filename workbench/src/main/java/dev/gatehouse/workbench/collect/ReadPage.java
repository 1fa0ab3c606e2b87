package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.collect.Quarantine.Owed;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.records.Delivery.LeftOut;
import dev.gatehouse.workbench.records.Delivery.Recognised;
import dev.gatehouse.workbench.records.Delivery.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One page, understood and sorted, with what it means for everything that is to be read.
 *
 * @param request which request brought it
 * @param kept records to keep, all of the request's tenant and feed
 * @param recognised records to keep that were not parsed, because their bytes were known
 * @param leftOut alerts of other products, to be counted only
 * @param unreadable what could not be understood
 * @param completeUntil how far the feed is complete once this page is kept; empty when the page does not tell, as in a
 *     second look
 * @param notice something about this page that people should know, although it came
 * @param isLast whether all of the window has come with this page
 * @param past how far a slice of the past is read with it, when it is a page of one; it says nothing of how the feed is
 *     doing then
 * @param owed a stretch of time that this page could not bring whole, and that is promised to be come back to
 * @param settled how far it reads a quarantined window, when it is a page of one; it says nothing of how the feed is
 *     doing then
 * @param keptFor the kinds of device for which all of the page is kept; empty when nothing of its feed is left out
 * @param heldBy why nothing but its records counts, when they came with an answer that was not whole, or behind one
 * @param next when the feed is due again, if that is known already
 */
public record ReadPage(
        Request request,
        List<Collected> kept,
        List<Recognised> recognised,
        List<LeftOut> leftOut,
        List<Unreadable> unreadable,
        Optional<Instant> completeUntil,
        Optional<Diagnosis> notice,
        boolean isLast,
        Optional<PastRead> past,
        Optional<Owed> owed,
        Optional<Settled> settled,
        Set<DeviceKind> keptFor,
        Optional<Diagnosis> heldBy,
        Optional<Instant> next) {

    public ReadPage {
        keptFor = Set.copyOf(keptFor);
        kept = List.copyOf(kept);
        recognised = List.copyOf(recognised);
        leftOut = List.copyOf(leftOut);
        unreadable = List.copyOf(unreadable);
    }

    /** A page of a feed's own polling that brought all there was. */
    public ReadPage(
            Request request,
            List<Collected> kept,
            List<LeftOut> leftOut,
            List<Unreadable> unreadable,
            Optional<Instant> completeUntil,
            Optional<Diagnosis> notice) {
        this(
                request,
                kept,
                List.of(),
                leftOut,
                unreadable,
                completeUntil,
                notice,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * How far a slice of the past is read once the page is kept.
     *
     * @param log who writes it down
     * @param position everything of its range from here on is stored
     * @param reached of the slice before the position, everything before this is stored; empty when nothing of it is
     */
    public record PastRead(ProgressLog log, Instant position, Optional<Instant> reached) {}

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
     * @param completeUntil how far the feed is complete but for what is owed; empty when that is not moved
     * @param past how far a slice of the past is read but for what is owed, when it is passed over in one
     */
    public record Detour(
            Request request, Optional<Owed> owed, Optional<Instant> completeUntil, Optional<PastRead> past) {}

    /** Whether it is an onward page without anything in it, and nothing follows from it but the checkpoint. */
    boolean isQuiet() {
        return isOfTheFeed()
                && request.poll().purpose() == Purpose.POLL
                && completeUntil.isPresent()
                && kept.isEmpty()
                && recognised.isEmpty()
                && leftOut.isEmpty()
                && unreadable.isEmpty()
                && notice.isEmpty()
                && owed.isEmpty();
    }

    boolean isOfTheFeed() {
        return switch (request.poll().purpose()) {
            case RECONCILIATION, SECOND_LOOK -> false;
            case POLL, REPLAY, RETRY -> past.isEmpty() && settled.isEmpty() && heldBy.isEmpty();
        };
    }
}
