package dev.gatehouse.setup;

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
public record Patience(InstantSource clock, MonotonicClock passing, Sleeper sleeper, Duration limit) {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** With a clock that nobody sets back, as those of tests that only go forward. */
    public Patience(InstantSource clock, Sleeper sleeper, Duration limit) {
        this(clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), sleeper, limit);
    }

    /** Two minutes, as the contract with Microsoft's documents has it. */
    public static Patience usual() {
        return new Patience(InstantSource.system(), MonotonicClock.SYSTEM, Sleeper.REAL, Duration.ofMinutes(2));
    }

    /** When patience with something that begins now will be over; to be shown to {@link #isOver}. */
    public long end() {
        return passing.after(limit);
    }

    /** Whether patience is over. */
    public boolean isOver(long end) {
        return passing.until(end).isZero();
    }

    /** Starts to wait for one thing. */
    Wait begin() {
        return new Wait(this);
    }

    /** Waiting for one thing, a little longer each time. */
    static final class Wait {

        private final Patience patience;
        private final long end;
        private Duration next = SHORTEST;

        private Wait(Patience patience) {
            this.patience = patience;
            this.end = patience.end();
        }

        /** Waits a while; says no when patience is over. */
        boolean again() throws InterruptedException {
            return again(next);
        }

        /** Waits at least as long as Microsoft asked; says no when that is longer than patience lasts. */
        boolean again(Duration atLeast) throws InterruptedException {
            var pause = atLeast.compareTo(next) > 0 ? atLeast : next;
            if (pause.compareTo(patience.passing().until(end)) > 0) {
                return false;
            }
            patience.sleeper().sleep(pause);
            var doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
            return true;
        }
    }
}
