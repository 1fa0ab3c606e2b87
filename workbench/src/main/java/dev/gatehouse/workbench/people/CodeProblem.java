package dev.gatehouse.workbench.people;

import java.time.Duration;

/**
 * Why a one-time code does not do.
 *
 * @param kind what is wrong
 * @param sentence for whoever gave it, with what to do
 * @param left how long before the next one; zero unless too many were wrong
 */
public record CodeProblem(Kind kind, String sentence, Duration left) {

    /** What can be wrong. */
    public enum Kind {
        /** None was given. */
        MISSING,
        /** It is wrong, or was used before. */
        WRONG,
        /** Too many were wrong. */
        WAIT,
        /** Codes cannot be checked, because the key is not there that the app's secret is sealed with. */
        UNREADABLE
    }

    static CodeProblem of(Kind kind, String sentence) {
        return new CodeProblem(kind, sentence, Duration.ZERO);
    }
}
