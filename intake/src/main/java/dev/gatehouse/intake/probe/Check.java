package dev.gatehouse.intake.probe;

import dev.gatehouse.model.Diagnosis;
import java.util.Optional;

/**
 * One step of a connection test.
 *
 * @param title what was tried, e.g. {@code Permission SecurityAlert.Read.All}
 * @param result how it went
 * @param diagnosis why it failed, present exactly when it did
 */
public record Check(String title, Result result, Optional<Diagnosis> diagnosis) {

    /** How a step can go. */
    public enum Result {
        PASSED,
        FAILED,
        /** Not tried, because an earlier step failed. */
        SKIPPED,
        /** Nobody can tell: the token is none that we can read, and nothing that was read needs it. */
        UNKNOWN
    }

    public static Check passed(String title) {
        return new Check(title, Result.PASSED, Optional.empty());
    }

    public static Check failed(String title, Diagnosis diagnosis) {
        return new Check(title, Result.FAILED, Optional.of(diagnosis));
    }

    public static Check unknown(String title) {
        return new Check(title, Result.UNKNOWN, Optional.empty());
    }

    public static Check skipped(String title) {
        return new Check(title, Result.SKIPPED, Optional.empty());
    }
}
