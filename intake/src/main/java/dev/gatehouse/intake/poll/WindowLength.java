package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long a window may be so that one page holds it. This is a guess from what has come, in which an order may be read
 * that is not there; a wrong one costs a request and proves nothing.
 */
final class WindowLength {

    /** Shorter windows are not asked for: nobody says how exactly Graph's filter compares. */
    static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofDays(365);

    /** Behind a window with hardly any record, the next one may be so much longer. */
    private static final int GROWTH = 4;

    private WindowLength() {}

    /** Whether it may be cut in two. */
    static boolean isDivisible(Window window) {
        return window.length().compareTo(SHORTEST) > 0;
    }

    /** Three quarters of a page, so that the next window, which is somewhat denser, is on one page as well. */
    private static long target(int pageSize) {
        return Math.max(1, pageSize * 3L / 4);
    }

    /** How long the next window may be, behind one that came whole. */
    static Duration behind(Window window, int pageSize, long records) {
        var target = target(pageSize);
        var length = records * GROWTH <= target
                ? window.length().multipliedBy(GROWTH)
                : scaled(window.length(), target, records);
        if (length.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return length.compareTo(LONGEST) < 0 ? length : LONGEST;
    }

    private static Duration scaled(Duration length, long numerator, long denominator) {
        return length.multipliedBy(numerator).dividedBy(Math.max(1, denominator));
    }

    /**
     * Where to cut a window that is more than one page.
     *
     * @param times the times of those of its records that came, in the order received
     * @param count how many it has in all, when Microsoft said so
     * @return an instant inside; of the records that came, at least one lies behind it
     */
    static Instant cut(Window window, int pageSize, List<Instant> times, OptionalLong count) {
        var all = Math.max(count.orElse(2L * times.size()), times.size() + 1L);
        var cut = guess(window, target(pageSize), times, all).truncatedTo(ChronoUnit.MILLIS);
        var earliest = window.from().plus(SHORTEST);
        return cut.isBefore(earliest) ? earliest : cut;
    }

    private static Instant guess(Window window, long target, List<Instant> times, long all) {
        var from = window.from();
        if (times.isEmpty()) {
            return window.firstHalf().to();
        }
        var sorted = times.stream().sorted().toList();
        if (Duration.between(from, sorted.getLast()).compareTo(SHORTEST) < 0) {
            // All that came shares the first moment: it is looked at alone, and then what follows.
            return from.plus(SHORTEST);
        }
        var unseen = unseenBefore(times, sorted, all);
        var guess = from;
        for (var index = 0; index < sorted.size(); index++) {
            var time = sorted.get(index);
            if (time.isAfter(from) && unseen.expected(index) > target) {
                return guess.isAfter(from)
                        ? guess
                        : from.plus(scaled(Duration.between(from, time), target, unseen.expected(index)));
            }
            var isFirstOfItsTime = index == 0 || sorted.get(index - 1).isBefore(time);
            guess = isFirstOfItsTime ? time : guess;
        }
        return guess;
    }

    /** How many records are expected before the one with that index, oldest first. */
    private interface Expectation {
        long expected(int index);
    }

    private static Expectation unseenBefore(List<Instant> times, List<Instant> sorted, long all) {
        var came = times.size();
        var isOneMoment = sorted.getFirst().equals(sorted.getLast());
        if (!isOneMoment && times.equals(sorted)) {
            return index -> index;
        }
        if (!isOneMoment && times.equals(sorted.reversed())) {
            return index -> all - came + index;
        }
        return index -> (index + 1) * all / (came + 1);
    }
}
