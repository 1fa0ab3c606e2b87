package dev.gatehouse.setup.retry;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long to wait for Microsoft's servers to agree among themselves. A directory object can be read at one server and be
 * unknown to the next for up to minutes after it was made.
 *
 * @param clock tells the time, for what is written down
 * @param passing measures how long we have waited, whatever somebody does to the clock
 * @param sleeper waits
 * @param limit how long to go on asking for one thing
 */
public record RetryPolicy(InstantSource clock, MonotonicClock passing, Sleeper sleeper, Duration limit) {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** With a clock that nobody sets back, as those of tests that only go forward. */
    public RetryPolicy(InstantSource clock, Sleeper sleeper, Duration limit) {
        this(clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), sleeper, limit);
    }

    /** Two minutes, as the contract with Microsoft's documents has it. */
    public static RetryPolicy usual() {
        return new RetryPolicy(InstantSource.system(), MonotonicClock.SYSTEM, Sleeper.REAL, Duration.ofMinutes(2));
    }

    /** When retrying something that begins now ends; to be given to {@link #isOver}. */
    public long end() {
        return passing.after(limit);
    }

    /** Whether that moment has come. */
    public boolean isOver(long end) {
        return passing.until(end).isZero();
    }

    /** Starts to wait for one thing. */
    public Wait begin() {
        return new Wait(this);
    }

    /** Waiting for one thing, a little longer each time. */
    public static final class Wait {

        private final RetryPolicy retryPolicy;
        private final long end;
        private Duration next = SHORTEST;

        private Wait(RetryPolicy retryPolicy) {
            this.retryPolicy = retryPolicy;
            this.end = retryPolicy.end();
        }

        /** Waits a while; returns false when the time for retries is over. */
        public boolean again() throws InterruptedException {
            return again(next);
        }

        /** Waits at least as long as Microsoft asked; returns false when that is longer than the time that is left. */
        public boolean again(Duration atLeast) throws InterruptedException {
            var pause = atLeast.compareTo(next) > 0 ? atLeast : next;
            if (pause.compareTo(retryPolicy.passing().until(end)) > 0) {
                return false;
            }
            retryPolicy.sleeper().sleep(pause);
            var doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
            return true;
        }
    }
}
