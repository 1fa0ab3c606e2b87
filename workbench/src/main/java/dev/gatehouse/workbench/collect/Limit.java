package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.util.Optional;

/**
 * How much at once does not come while less of it does, so that a feed asks for what works and does not run into the same
 * wall at every poll. What failed while nothing worked is no such limit: it may have been an outage. What failed once while
 * less came is none either: that may have been chance. It has to fail again before as much has come.
 *
 * <p>It is kept for a minute at first, and for twice as long each time it is found where it was, up to an hour.
 */
final class Limit<T extends Comparable<T>> {

    private static final Duration KEPT_AT_FIRST = Duration.ofMinutes(1);
    private static final Duration KEPT_AT_MOST = Duration.ofHours(1);

    private final MonotonicClock clock;

    /** The least that failed since something came. */
    private Optional<T> failed = Optional.empty();

    /** The least that failed once while less came. */
    private Optional<T> suspected = Optional.empty();

    private Optional<T> found = Optional.empty();
    private Duration kept = KEPT_AT_FIRST;
    private long until;

    Limit(MonotonicClock clock) {
        this.clock = clock;
    }

    /** So much did not come. */
    void failed(T size) {
        failed = Optional.of(failed.filter(less -> less.compareTo(size) < 0).orElse(size));
    }

    /** So much came. */
    void came(T size) {
        found = found.filter(wall -> wall.compareTo(size) > 0);
        suspected = suspected.filter(wall -> wall.compareTo(size) > 0);
        failed.filter(more -> more.compareTo(size) > 0).ifPresent(this::failedWhileLessCame);
        failed = Optional.empty();
    }

    private void failedWhileLessCame(T size) {
        if (found.filter(wall -> wall.compareTo(size) <= 0).isPresent()) {
            keepFor(shorter(kept.multipliedBy(2), KEPT_AT_MOST));
        } else if (suspected.filter(wall -> wall.compareTo(size) <= 0).isPresent()) {
            found = suspected;
            suspected = Optional.empty();
            keepFor(KEPT_AT_FIRST);
        } else {
            suspected = Optional.of(size);
        }
    }

    private void keepFor(Duration duration) {
        kept = duration;
        until = clock.after(duration);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The least that does not come, while that is remembered. */
    Optional<T> known() {
        return found.filter(size -> !clock.until(until).isZero());
    }

    /** Nothing can be concluded from what failed last. */
    void doubt() {
        failed = Optional.empty();
    }

    /** It was something else that failed. */
    void forget() {
        failed = Optional.empty();
        suspected = Optional.empty();
        found = Optional.empty();
    }
}
