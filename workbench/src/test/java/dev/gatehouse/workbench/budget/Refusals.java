package dev.gatehouse.workbench.budget;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How Microsoft says that it does not want to be asked. */
public final class Refusals {

    private Refusals() {}

    /** An answer 429 with that wish. */
    public static Diagnosis throttled(Duration retryAfter) {
        return refusal(Trouble.THROTTLED, 429, Optional.of(retryAfter));
    }

    static Diagnosis throttledWithoutAWish() {
        return refusal(Trouble.THROTTLED, 429, Optional.empty());
    }

    /** An error that comes with a wish, or without. */
    public static Diagnosis error(int status, Optional<Duration> retryAfter) {
        return refusal(Trouble.MICROSOFT_ERROR, status, retryAfter);
    }

    private static Diagnosis refusal(Trouble trouble, int status, Optional<Duration> retryAfter) {
        return new Diagnosis(
                trouble,
                "Microsoft says: Please retry again later.",
                "Wait.",
                Optional.of("TooManyRequests"),
                OptionalInt.of(status),
                Optional.of("request-1"),
                retryAfter);
    }
}
