package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a page proves about its window, and what is still to be asked. This is the whole algebra of
 * {@code docs/collecting.md}; it asks nobody and changes nothing.
 *
 * <p>A page is one consistent look at the feed. A window of a list is complete when one page held all of it; the order in
 * which its records come proves nothing, because nobody promises one. A window that is more than one page is asked for
 * again, shorter. Only what time cannot cut is read link by link, and is complete once that is proved, see {@link Chain}.
 *
 * <p>A hunting table is ordered by the query itself. When its rows came oldest first and there is more, then every row of
 * the window that is older than the last one is on the page, and the rest is asked for afresh. One row alone, or many that
 * share one time, prove no order: so a cut needs two different times in ascending order.
 *
 * @param completeUntil every record of the feed with a time in the window and before this has been received; the window's
 *     start when the page proved nothing, the window's end when all of it came
 * @param rest what to ask for next; empty when all that is wanted has come, or when there is an impasse
 * @param fitting how long a window may be so that one page of the size asked for holds it, when the page tells
 * @param overfull an instant, or a moment whose rows come in no order, that has more rows than Microsoft gives in one
 *     answer, so that some of them cannot be read
 * @param impasse why the window cannot be read by asking on like this
 */
public record Progress(
        Instant completeUntil,
        Optional<Reading> rest,
        Optional<Duration> fitting,
        Optional<Window> overfull,
        Optional<Impasse> impasse) {

    /** The most rows that one hunting query gives. Source: Microsoft Graph, security API overview. */
    static final int MOST_HUNTING_ROWS = 100_000;

    /** Microsoft's clock ticks in steps of 100 ns. */
    private static final long TICK_NANOS = 100;

    /**
     * Draws the conclusion from a page.
     *
     * @param feed of which feed
     * @param reading what was asked for
     * @param page what came
     * @param seen the page's records in the order received, left-out and unreadable ones included
     */
    public static Progress after(Feed feed, Reading reading, PollOutcome.Page page, List<Seen> seen) {
        return switch (reading.lookup()) {
            case Lookup.One one -> finished(reading);
            case Lookup.HourlyCounts counts -> finished(reading);
            case Lookup.Behind behind ->
                throw new IllegalArgumentException("What is found by counting proves nothing of %s".formatted(reading));
            case Lookup.Changed changed -> ofPage(feed, reading, page, seen);
            case Lookup.Created created -> ofPage(feed, reading, page, seen);
        };
    }

    private static Progress ofPage(Feed feed, Reading reading, PollOutcome.Page page, List<Seen> seen) {
        return feed.isHuntingTable() ? ofRows(reading, page, seen) : ofList(reading, page, seen);
    }

    // Alerts and incidents

    private static Progress ofList(Reading reading, PollOutcome.Page page, List<Seen> seen) {
        var window = reading.window();
        var inside = Chain.inside(window, seen);
        var chain = reading.chain().orElseGet(Chain::begun).with(page, inside);
        var walk = chain.walk();
        var hasMore = page.next().isPresent() || walk.isShortOfCount();
        if (reading.chain().isEmpty() && !hasMore) {
            return whole(reading, walk.records().size());
        }
        var isFull = seen.size() >= reading.pageSize();
        if (isDense(reading, page, walk, isFull) && WindowLength.isDivisible(window)) {
            return shorter(reading, inside, walk);
        }
        return switch (chain.turn(page, isFull)) {
            case Chain.Turn.Further(var pages) ->
                new Progress(
                        window.from(),
                        Optional.of(reading.along(pages)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case Chain.Turn.Proved() -> whole(reading, walk.records().size());
            case Chain.Turn.Stuck(var impasse) ->
                new Progress(window.from(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(impasse));
        };
    }

    /** Whether the window has more records than a page has room for, and not only a link too many. */
    private static boolean isDense(Reading reading, PollOutcome.Page page, Chain.Walk walk, boolean isFull) {
        var isFirst = reading.chain().isEmpty();
        var counted = page.next().isPresent() ? walk.count().orElse(0) : 0;
        return (isFirst && isFull) || Math.max(counted, walk.records().size()) > reading.pageSize();
    }

    /** All of the window is here. */
    private static Progress whole(Reading reading, long records) {
        var window = reading.window();
        // A moment alone says nothing about the time around it.
        var fitting = WindowLength.isDivisible(window)
                ? Optional.of(WindowLength.behind(window, reading.pageSize(), records))
                : Optional.<Duration>empty();
        return new Progress(window.to(), behind(reading, fitting), fitting, Optional.empty(), Optional.empty());
    }

    /** What is wanted and lies behind the window. */
    private static Optional<Reading> behind(Reading reading, Optional<Duration> length) {
        var left = new Window(reading.window().to(), reading.until());
        var end = length.map(left.from()::plus).filter(left.to()::isAfter).orElse(left.to());
        return left.isEmpty() ? Optional.empty() : Optional.of(reading.within(new Window(left.from(), end)));
    }

    /** The window is more than one page. */
    private static Progress shorter(Reading reading, List<Seen> inside, Chain.Walk walk) {
        var window = reading.window();
        var times = inside.stream().flatMap(record -> record.time().stream()).toList();
        var part = new Window(window.from(), WindowLength.cut(window, reading.pageSize(), times, walk.count()));
        var fitting = WindowLength.isDivisible(part) ? Optional.of(part.length()) : Optional.<Duration>empty();
        return new Progress(
                window.from(), Optional.of(reading.within(part)), fitting, Optional.empty(), Optional.empty());
    }

    // Hunting tables

    private static Progress ofRows(Reading reading, PollOutcome.Page page, List<Seen> seen) {
        var window = reading.window();
        if (!page.isFull()) {
            return finished(reading);
        }
        var times = seen.stream().flatMap(row -> row.time().stream()).toList();
        var last = lastOfSorted(times);
        var cut = last.filter(time -> time.isAfter(window.from()) && time.isAfter(times.getFirst()));
        if (cut.isPresent()) {
            return cut.get().isBefore(window.to()) ? goOn(cut.get(), cutAt(reading, cut.get())) : finished(reading);
        }
        return askForMore(reading, last);
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
                    : stepOver(reading, window);
        }
        var next = tied.get().plusNanos(TICK_NANOS);
        return stepOver(reading, new Window(tied.get(), next));
    }

    private static Progress stepOver(Reading reading, Window overfull) {
        var window = reading.window();
        var isInside = overfull.to().isBefore(window.to());
        return new Progress(
                isInside ? overfull.to() : window.to(),
                isInside ? Optional.of(cutAt(reading, overfull.to())) : behind(reading, Optional.empty()),
                Optional.empty(),
                Optional.of(overfull),
                Optional.empty());
    }

    /** Whether a window out of order may still be cut in two; hardly any tenant has 100 000 rows a second. */
    private static boolean isUncut(Window window) {
        return window.length().compareTo(Duration.ofSeconds(1)) > 0;
    }

    private static Reading cutAt(Reading reading, Instant instant) {
        return reading.within(reading.window().startingAt(instant));
    }

    private static Progress goOn(Instant completeUntil, Reading rest) {
        return new Progress(completeUntil, Optional.of(rest), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Progress finished(Reading reading) {
        var rest = behind(reading, Optional.empty());
        return new Progress(reading.window().to(), rest, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The last time, when all are ascending. */
    private static Optional<Instant> lastOfSorted(List<Instant> times) {
        return times.isEmpty() || !times.equals(times.stream().sorted().toList())
                ? Optional.empty()
                : Optional.of(times.getLast());
    }
}
