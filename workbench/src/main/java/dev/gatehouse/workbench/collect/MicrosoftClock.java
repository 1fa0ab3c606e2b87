package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.MonotonicClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What time it is at Microsoft, as far as the last answer told and as much as has passed since. Windows are cut by it, so that
 * a clock of ours that is wrong, or that somebody sets, neither skips records nor asks for a future.
 */
final class MicrosoftClock {

    private final InstantSource ours;
    private final MonotonicClock passing;
    private Optional<Told> told = Optional.empty();

    /** What time it was there when the monotonic clock gave this. */
    private record Told(Instant time, long at) {}

    MicrosoftClock(InstantSource ours, MonotonicClock passing) {
        this.ours = ours;
        this.passing = passing;
    }

    void learnFrom(Receipt receipt) {
        receipt.clockSkew()
                .ifPresent(ahead ->
                        told = Optional.of(new Told(receipt.receivedAt().plus(ahead), passing.nanos())));
    }

    /** At most a second and the length of a request early, and never late; by our own clock before the first answer. */
    Instant now() {
        return told.map(then -> then.time().plus(passing.since(then.at()))).orElseGet(ours::instant);
    }
}
