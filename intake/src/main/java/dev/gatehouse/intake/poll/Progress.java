package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a page proves about its window, and what is still to be asked. This is the whole algebra of
 * {@code docs/collecting.md}; it asks nobody and changes nothing.
 *
 * <p>A page is one consistent look at the feed. When its records came oldest first and there is more, then every record
 * of the window that is older than the last one is on this page or on those before it: the window is cut there and the
 * rest is asked for afresh. A record that is updated meanwhile moves to the end of the feed, which cannot push another
 * one out of a fresh request's sight, as it can with a link that counts. Only where time cannot cut is the link followed.
 *
 * <p>One record alone, or many that share one time, prove no order. A feed that comes newest first looks the same, and
 * cutting it would lose everything older. So a cut needs two different times in ascending order.
 *
 * @param completeUntil every record of the feed with an ordering time in the window and before this has been received;
 *     the window's start when the page proved nothing, the window's end when all of it came
 * @param rest what to ask for next, which may end before the window does; empty when that much is done
 * @param overfull an instant, or a moment whose rows come in no order, that has more rows than Microsoft gives in one
 *     answer, so that some of them cannot be read
 */
public record Progress(Instant completeUntil, Optional<Reading> rest, Optional<Window> overfull) {

    /** The most rows that one hunting query gives. Source: Microsoft Graph, security API overview. */
    static final int MOST_HUNTING_ROWS = 100_000;

    /** Microsoft's clock ticks in steps of 100 ns. */
    private static final long TICK_NANOS = 100;

    /**
     * Draws the conclusion from a page.
     *
     * @param reading what was asked for
     * @param page what came
     * @param times the ordering times of the page's records in the order received, those of left-out records included;
     *     unreadable records have none and are skipped
     */
    public static Progress after(Reading reading, PollOutcome.Page page, List<Instant> times) {
        var window = reading.window();
        if (!page.hasMore()) {
            return finished(window.to());
        }
        // A page without times says nothing about their order.
        var mayBeSorted = page.isOldestFirst() || times.isEmpty();
        var sortedUpTo = mayBeSorted ? sortedUpTo(reading.sortedUpTo(), times) : Optional.<Instant>empty();
        var cut = sortedUpTo.filter(last -> last.isAfter(window.from()) && last.isAfter(first(reading, times, last)));
        if (cut.isPresent()) {
            var last = cut.get();
            return last.isBefore(window.to()) ? goOn(last, reading.cutAt(last)) : finished(window.to());
        }
        if (page.next().isPresent()) {
            return goOn(window.from(), reading.behind(page.next().get(), sortedUpTo));
        }
        return askForMore(reading, sortedUpTo);
    }

    /** A full page of a hunting table, which has no links, and all its rows share one time. */
    private static Progress askForMore(Reading reading, Optional<Instant> sortedUpTo) {
        var window = reading.window();
        if (reading.pageSize() < MOST_HUNTING_ROWS) {
            var twice = (int) Math.min(2L * reading.pageSize(), MOST_HUNTING_ROWS);
            return goOn(window.from(), reading.withPageSize(twice));
        }
        // Standing still would stop the feed for good, so it steps over what cannot be cut further and says so.
        var tied = sortedUpTo.filter(instant -> !instant.isBefore(window.from()));
        if (tied.isEmpty()) {
            return isUncut(window)
                    ? goOn(window.from(), reading.within(window.firstHalf()))
                    : new Progress(window.to(), Optional.empty(), Optional.of(window));
        }
        var next = tied.get().plusNanos(TICK_NANOS);
        var overfull = Optional.of(new Window(tied.get(), next));
        return next.isBefore(window.to())
                ? new Progress(next, Optional.of(reading.cutAt(next)), overfull)
                : new Progress(window.to(), Optional.empty(), overfull);
    }

    /** Whether a window out of order may still be cut in two; hardly any tenant has 100 000 rows a second. */
    private static boolean isUncut(Window window) {
        return window.length().compareTo(Duration.ofSeconds(1)) > 0;
    }

    private static Progress goOn(Instant completeUntil, Reading rest) {
        return new Progress(completeUntil, Optional.of(rest), Optional.empty());
    }

    private static Progress finished(Instant end) {
        return new Progress(end, Optional.empty(), Optional.empty());
    }

    /** The first time seen in this window: on an earlier page, or else on this one. */
    private static Instant first(Reading reading, List<Instant> times, Instant otherwise) {
        var before = reading.sortedUpTo().orElse(Instant.MIN);
        if (before.isAfter(Instant.MIN)) {
            return before;
        }
        return times.isEmpty() ? otherwise : times.getFirst();
    }

    /** The last time, when everything from {@code before} on is ascending. */
    private static Optional<Instant> sortedUpTo(Optional<Instant> before, List<Instant> times) {
        if (before.isEmpty()) {
            return before;
        }
        var last = before.get();
        for (var time : times) {
            if (time.isBefore(last)) {
                return Optional.empty();
            }
            last = time;
        }
        return Optional.of(last);
    }
}
