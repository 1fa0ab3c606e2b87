package dev.gatehouse.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why something with Microsoft did not work, and what to do about it, in words for people.
 *
 * @param trouble the state this puts a feed in
 * @param cause one sentence: what is wrong
 * @param cure one or two sentences: who has to do what, and where
 * @param code Microsoft's code, e.g. {@code AADSTS7000222} or {@code Forbidden}, when there was one
 * @param httpStatus the status of the answer, when there was an answer
 * @param requestId Graph's {@code request-id} or Entra's trace id, for a support request, when there was one
 * @param retryAfter how long Microsoft asked to stay away, when it did
 */
public record Diagnosis(
        Trouble trouble,
        String cause,
        String cure,
        Optional<String> code,
        OptionalInt httpStatus,
        Optional<String> requestId,
        Optional<Duration> retryAfter) {

    public static Diagnosis of(Trouble trouble, String cause, String cure) {
        return new Diagnosis(
                trouble, cause, cure, Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** The same, with how long to stay away. */
    public Diagnosis withRetryAfter(Duration pause) {
        return new Diagnosis(trouble, cause, cure, code, httpStatus, requestId, Optional.of(pause));
    }
}
