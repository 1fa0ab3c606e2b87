package dev.gatehouse.intake.diagnose;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import java.util.Optional;

/** Explains a clock that is off. Windows are cut by Microsoft's clock, so pages count all the same. */
public final class ClockDiagnosis {

    /** What Entra tolerates in signed sign-ins, and more than a slow request can explain. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    private ClockDiagnosis() {}

    /**
     * Explains a difference between clocks, when it is too large.
     *
     * @param skew how far Microsoft's clock is ahead of ours; negative when it is behind
     */
    public static Optional<Diagnosis> of(Duration skew) {
        if (skew.abs().compareTo(TOLERATED) <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                Diagnosis.of(
                        Trouble.CLOCK_SKEW,
                        "This server's clock is %s %s Microsoft's."
                                .formatted(inWords(skew.abs()), skew.isNegative() ? "ahead of" : "behind"),
                        "Set the clock of the server that Gatehouse runs on, for example by NTP. Until then times shown as ours are wrong; nothing is missed."));
    }

    private static String inWords(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        return duration.toHours() >= 2 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
