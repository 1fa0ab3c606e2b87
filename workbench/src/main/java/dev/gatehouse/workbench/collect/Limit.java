package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.util.Optional;

/**
 * How much at once did not come while less of it did, kept for an hour: so that a feed asks for what works and does not run
 * into the same wall at every poll. What failed while nothing worked is no such limit: it may have been an outage.
 */
final class Limit<T extends Comparable<T>> {

    private static final Duration KEPT = Duration.ofHours(1);

    private final MonotonicClock clock;
    private Optional<T> failed = Optional.empty();
    private Optional<T> known = Optional.empty();
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
        var wasLess = failed.filter(more -> size.compareTo(more) < 0);
        if (wasLess.isPresent()) {
            known = wasLess;
            until = clock.after(KEPT);
        }
        failed = Optional.empty();
    }

    /** The least that does not come, while that is remembered. */
    Optional<T> known() {
        return known.filter(size -> !clock.until(until).isZero());
    }

    /** Nothing can be concluded from what failed last. */
    void doubt() {
        failed = Optional.empty();
    }

    /** It was something else that failed. */
    void forget() {
        failed = Optional.empty();
        known = Optional.empty();
    }
}
