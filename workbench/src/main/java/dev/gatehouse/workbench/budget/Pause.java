package dev.gatehouse.workbench.budget;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Microsoft wants no requests of this kind for a while.
 *
 * @param kind which requests
 * @param until until when, by our clock
 * @param left how long that is from now on
 * @param refusals how many were refused in a row
 * @param refusal the last one
 */
public record Pause(RequestKind kind, Instant until, Duration left, int refusals, Refusal refusal) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * How Microsoft refused.
     *
     * @param cause what it said, as a sentence
     * @param code its code, when there was one
     * @param status the HTTP status, when there was one
     * @param requestId its name for the request, when there was one
     */
    public record Refusal(String cause, Optional<String> code, OptionalInt status, Optional<String> requestId) {

        static Refusal of(Diagnosis diagnosis) {
            return new Refusal(diagnosis.cause(), diagnosis.code(), diagnosis.httpStatus(), diagnosis.requestId());
        }
    }

    /** What whoever wants to ask is told, without being asked for. */
    public Diagnosis diagnosis() {
        return new Diagnosis(
                Trouble.THROTTLED,
                "%s Nothing of this kind is asked for in this tenant until %s."
                        .formatted(refusal.cause(), TIME.format(until)),
                "Nothing to do: Gatehouse waits as long as Microsoft asks, and longer each time it is refused again. Collection > Request budget shows what waits.",
                refusal.code(),
                refusal.status(),
                refusal.requestId(),
                Optional.of(left));
    }
}
