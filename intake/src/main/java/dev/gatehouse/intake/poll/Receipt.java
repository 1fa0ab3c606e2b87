package dev.gatehouse.intake.poll;

import dev.gatehouse.intake.diagnose.ClockDiagnosis;
import dev.gatehouse.model.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one request cost and how Microsoft knows it.
 *
 * @param requestId Graph's {@code request-id}, when it sent one
 * @param bytes size of the body as read, after decompression
 * @param took from sending the request to the last byte
 * @param receivedAt when the answer or the failure came, by this machine's clock
 * @param serverTime Microsoft's {@code Date} header, when it sent one; whole seconds
 * @param asked the question in Graph's own words, for people to read; empty when it did not come to one
 * @param warning what Microsoft said about an answer that counts all the same, in words for people
 */
public record Receipt(
        Optional<String> requestId,
        long bytes,
        Duration took,
        Instant receivedAt,
        Optional<Instant> serverTime,
        String asked,
        Optional<Diagnosis> warning) {

    /** One of an answer that Microsoft said nothing about. */
    public Receipt(
            Optional<String> requestId,
            long bytes,
            Duration took,
            Instant receivedAt,
            Optional<Instant> serverTime,
            String asked) {
        this(requestId, bytes, took, receivedAt, serverTime, asked, Optional.empty());
    }

    /** The same, with what Microsoft said about it. */
    Receipt with(Diagnosis said) {
        return new Receipt(requestId, bytes, took, receivedAt, serverTime, asked, Optional.of(said));
    }

    /** How far Microsoft's clock is ahead of ours; negative when it is behind. Exact to about the length of the request. */
    public Optional<Duration> clockSkew() {
        return serverTime.map(theirs -> Duration.between(receivedAt, theirs));
    }

    /** What to tell people about the difference of the clocks, when it is too large. The page counts all the same. */
    public Optional<Diagnosis> clockTrouble() {
        return clockSkew().flatMap(ClockDiagnosis::of);
    }

    /** What people should know although the page counts: first about the clocks, then what Microsoft said. */
    public Optional<Diagnosis> notice() {
        return clockTrouble().or(() -> warning);
    }
}
