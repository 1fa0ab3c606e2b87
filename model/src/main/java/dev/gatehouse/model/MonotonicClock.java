package dev.gatehouse.model;

import java.time.Duration;

/**
 * Measures how much time passes, and not what time it is: it never goes back and never jumps, whatever happens to the
 * computer's clock. What is waited for is measured with it; what is shown or stored is an instant of the clock.
 */
@FunctionalInterface
public interface MonotonicClock {

    /** The computer's own. */
    MonotonicClock SYSTEM = System::nanoTime;

    /** Nanoseconds since some moment that is the same for the life of the process; only differences mean something. */
    long nanos();

    /** How much time has passed since {@link #nanos()} gave this. */
    default Duration since(long earlier) {
        return Duration.ofNanos(nanos() - earlier);
    }

    /** What {@link #nanos()} will give after so long; at most a century from now. */
    default long after(Duration pause) {
        var century = Duration.ofDays(36_500);
        return nanos() + (pause.compareTo(century) < 0 ? pause : century).toNanos();
    }

    /** How long it is until {@link #nanos()} gives this; zero when that has passed. */
    default Duration until(long moment) {
        return Duration.ofNanos(Math.max(0, moment - nanos()));
    }
}
