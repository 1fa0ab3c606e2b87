package dev.gatehouse.workbench.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much at once did not come while less of it did, kept for an hour: so that a feed asks for what works and does not run
 * into the same wall at every poll. What failed while nothing worked is no such limit: it may have been an outage.
 */
final class Limit<T extends Comparable<T>> {

    private static final Duration KEPT = Duration.ofHours(1);

    private Optional<T> failed = Optional.empty();
    private Optional<T> known = Optional.empty();
    private Instant until = Instant.MIN;

    /** So much did not come. */
    void failed(T size) {
        failed = Optional.of(failed.filter(less -> less.compareTo(size) < 0).orElse(size));
    }

    /** So much came. */
    void came(T size, Instant now) {
        var wasLess = failed.filter(more -> size.compareTo(more) < 0);
        if (wasLess.isPresent()) {
            known = wasLess;
            until = now.plus(KEPT);
        }
        failed = Optional.empty();
    }

    /** The least that does not come, while that is remembered. */
    Optional<T> known(Instant now) {
        return known.filter(size -> now.isBefore(until));
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
