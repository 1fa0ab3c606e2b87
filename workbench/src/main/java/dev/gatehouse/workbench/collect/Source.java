package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where a reading reads from, and what for.
 *
 * @param access how to get at it, and for which kinds of device
 * @param feed which one
 * @param look what the reading is for
 * @param poll the window that is read, as the ledger names it
 */
public record Source(ReadAccess.Usable access, Feed feed, Look look, PollWindow poll) {

    /** A source of a window that nothing was asked of yet. */
    public static Source of(ReadAccess.Usable access, Feed feed, Look look, Window window) {
        return new Source(access, feed, look, PollWindow.begin(look.purpose(), window));
    }

    /** What a reading is for. */
    public sealed interface Look {

        /** As the ledger calls it. */
        default Purpose purpose() {
            return switch (this) {
                case Onward(var _) -> Purpose.POLL;
                case Second _ -> Purpose.SECOND_LOOK;
                case Again _ -> Purpose.REPLAY;
                case Aside _ -> Purpose.RECONCILIATION;
                case Owed _ -> Purpose.RETRY;
                case Held(var look, var _) -> look.purpose();
            };
        }

        /**
         * To get further: the checkpoint moves with every page.
         *
         * @param next when the feed is due again, if that is known already
         */
        record Onward(Optional<Instant> next) implements Look {

            public Onward() {
                this(Optional.empty());
            }
        }

        /** To find in the recent past what became visible late: the checkpoint stays. */
        record Second() implements Look {}

        /**
         * To read a slice of the past again: the checkpoint stays, and so does what is known of how the feed is doing.
         *
         * @param log who writes down how far it is read
         * @param slice the whole slice, of which the reading may be the rest
         */
        record Again(ProgressLog log, Window slice) implements Look {}

        /**
         * To look at some records beside polling: what came is stored, and nothing else follows from it.
         *
         * @param witness who wants to know what came
         */
        record Aside(RecordListener witness) implements Look {}

        /** To read after all what is in quarantine: neither the checkpoint nor the feed's state changes. */
        record Owed(UUID quarantined) implements Look {}

        /**
         * What is left of a reading of which a page was not whole: what comes is stored, and nothing else follows from it,
         * because nothing behind the gap says how far the feed is read.
         *
         * @param look what the reading is for
         * @param why what is missing
         */
        record Held(Look look, Diagnosis why) implements Look {}
    }

    /** The same, of which nothing but the records counts from now on. */
    Source heldBy(Diagnosis why) {
        return heldBy().isPresent() ? this : new Source(access, feed, new Look.Held(look, why), poll);
    }

    /** Why nothing but the records counts; empty when they do. */
    Optional<Diagnosis> heldBy() {
        return look instanceof Look.Held(var _, var why) ? Optional.of(why) : Optional.empty();
    }

    /** Whether a page of this reading moves the checkpoint. */
    boolean isOnward() {
        return look instanceof Look.Onward;
    }

    /** When the feed is due again, if that is known already. */
    Optional<Instant> next() {
        return look instanceof Look.Onward(var next) ? next : Optional.empty();
    }

    /** Whether it tells how the feed is doing. */
    boolean isOfTheFeed() {
        return isOfTheFeed(look);
    }

    private static boolean isOfTheFeed(Look look) {
        return switch (look) {
            case Look.Onward onward -> true;
            case Look.Second second -> false;
            case Look.Again again -> false;
            case Look.Aside aside -> false;
            case Look.Owed owed -> false;
            case Look.Held(var held, var _) -> isOfTheFeed(held);
        };
    }

    TenantId tenant() {
        return access.tenant();
    }

    Connection connection() {
        return access.connection();
    }

    /** The kinds of device that want something of it. */
    Set<DeviceKind> kinds() {
        return access.kinds();
    }

    /** The kinds of device for which everything of the feed is kept; empty when nothing of it is left out anyway. */
    Set<DeviceKind> keptFor() {
        return feed == Feed.ALERTS ? DeviceKind.covered(access.kinds()) : Set.of();
    }

    /** For the log: no secret in it. */
    @Override
    public String toString() {
        return "%s of tenant %s".formatted(feed.title(), tenant());
    }
}
