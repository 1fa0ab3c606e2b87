package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What time it is at Microsoft, as far as the last answer told. Windows are cut by it, so that a clock of ours that is
 * wrong neither skips records nor asks for a future.
 */
final class MicrosoftClock {

    private final InstantSource ours;
    private Duration ahead = Duration.ZERO;

    MicrosoftClock(InstantSource ours) {
        this.ours = ours;
    }

    void learnFrom(Receipt receipt) {
        receipt.clockSkew().ifPresent(skew -> ahead = skew);
    }

    /** At most a second and the length of a request early, and never late. */
    Instant now() {
        return ours.instant().plus(ahead);
    }
}
