package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A range of a feed's past that is read once more, newest day first.
 *
 * @param id ours
 * @param device the one that the tenant is known by
 * @param tenant whose feed it is
 * @param feed which one
 * @param keptFor the kinds of device for which everything of it is kept; empty for a feed of which nothing is left out
 * @param purpose why it is read
 * @param range what is to be read
 * @param position everything of the range from here on is stored
 * @param reached of the slice before the position, everything before this is stored; empty when nothing of it is
 * @param state how far it has got
 * @param requestedBy who asked for it
 * @param requestedAt when, by our clock
 * @param startedAt when the first page was asked for
 * @param finishedAt when it was done, failed or cancelled
 * @param nextAt not to be tried before; empty when it may go on at once
 * @param count what it has brought so far
 * @param failures how many attempts have failed in a row
 * @param problem why the last attempt failed; empty when it succeeded
 * @param owed windows in its range that could not be read and wait in quarantine
 */
public record Replay(
        UUID id,
        UUID device,
        TenantId tenant,
        Feed feed,
        Set<DeviceKind> keptFor,
        Purpose purpose,
        Window range,
        Instant position,
        Optional<Instant> reached,
        State state,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> nextAt,
        Count count,
        int failures,
        Optional<Problem> problem,
        int owed) {

    public Replay {
        keptFor = Set.copyOf(keptFor);
    }

    /** Why a range is read. */
    public enum Purpose {
        /** What was there before anybody read it. */
        BACKFILL,
        /** Somebody wants it. */
        REQUEST;

        /** The word in the database and the API. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a replay has got. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        /** The word in the database and the API. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isOpen() {
            return this == QUEUED || this == RUNNING;
        }
    }

    /**
     * What a replay has brought.
     *
     * @param pages answers of Microsoft
     * @param newRecords never seen before
     * @param newVersions of records seen before
     * @param same seen before just like this
     * @param unreadable kept for the first time without being understood
     * @param leftOut alerts of other products seen for the first time
     */
    public record Count(long pages, long newRecords, long newVersions, long same, long unreadable, long leftOut) {}

    /**
     * Why an attempt failed.
     *
     * @param trouble what kind it is
     * @param cause one sentence: what is wrong
     * @param cure who has to do what
     * @param requestId Microsoft's name for the request, when it gave one
     */
    public record Problem(Trouble trouble, String cause, String cure, Optional<String> requestId) {}

    /** The newest day, or part of a day in UTC, that is not read yet; empty when all of it is. */
    public Window slice() {
        if (!position.isAfter(range.from())) {
            return new Window(range.from(), range.from());
        }
        var startOfDay = position.minusNanos(1)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return new Window(startOfDay.isAfter(range.from()) ? startOfDay : range.from(), position);
    }

    /** How much of the range is read, from 0 to 1. */
    public double share() {
        var whole = Duration.between(range.from(), range.to()).toMillis();
        var slice = slice();
        var inSlice = reached.map(until -> Duration.between(slice.from(), until).toMillis())
                .orElse(0L);
        var read = Duration.between(position, range.to()).toMillis() + Math.max(0, inSlice);
        return state == State.DONE || whole == 0 ? 1 : Math.clamp((double) read / whole, 0, 1);
    }

    /** {@link #share()} in whole percent; 100 only when it is done. */
    public int percent() {
        return state == State.DONE ? 100 : (int) Math.min(99, Math.floor(share() * 100));
    }

    /** When it will be done if it goes on as it went so far; empty while that cannot be told. */
    public Optional<Instant> estimatedEnd(Instant now) {
        var share = share();
        if (state != State.RUNNING || share <= 0) {
            return Optional.empty();
        }
        return startedAt
                .map(start -> Duration.between(start, now).toMillis())
                .map(spent -> now.plusMillis((long) (spent * (1 - share) / share)));
    }
}
