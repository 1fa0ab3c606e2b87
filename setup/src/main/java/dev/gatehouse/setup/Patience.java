package dev.gatehouse.setup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long to wait for Microsoft's servers to agree among themselves. A directory object can be read at one server and be
 * unknown to the next for up to minutes after it was made.
 *
 * @param clock tells the time
 * @param sleeper waits
 * @param limit how long to go on asking for one thing
 */
public record Patience(InstantSource clock, Sleeper sleeper, Duration limit) {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** Two minutes, as the contract with Microsoft's documents has it. */
    public static Patience usual() {
        return new Patience(InstantSource.system(), Sleeper.REAL, Duration.ofMinutes(2));
    }

    /** Starts to wait for one thing. */
    Wait begin() {
        return new Wait(this);
    }

    /** Waiting for one thing, a little longer each time. */
    static final class Wait {

        private final Patience patience;
        private final Instant end;
        private Duration next = SHORTEST;

        private Wait(Patience patience) {
            this.patience = patience;
            this.end = patience.clock().instant().plus(patience.limit());
        }

        /** Waits a while; says no when patience is over. */
        boolean again() throws InterruptedException {
            return again(next);
        }

        /** Waits at least as long as Microsoft asked; says no when that is longer than patience lasts. */
        boolean again(Duration atLeast) throws InterruptedException {
            var pause = atLeast.compareTo(next) > 0 ? atLeast : next;
            if (patience.clock().instant().plus(pause).isAfter(end)) {
                return false;
            }
            patience.sleeper().sleep(pause);
            var doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
            return true;
        }
    }
}
