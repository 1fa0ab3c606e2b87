package dev.gatehouse.intake.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** What came back: any status, all headers, the whole body. It prints without the body. */
public final class Answer {

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Duration took;
    private final Instant receivedAt;

    /**
     * An answer. The body is not copied: a page can be large, and nobody else holds it.
     *
     * @param status HTTP status
     * @param headers its headers
     * @param body the body after decompression
     * @param took from sending the request to the last byte
     * @param receivedAt when the last byte came, by this machine's clock
     */
    public Answer(int status, Headers headers, byte[] body, Duration took, Instant receivedAt) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.took = took;
        this.receivedAt = receivedAt;
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    /** The body itself, not a copy; for reading only. */
    public byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Duration took() {
        return took;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public String toString() {
        return "Answer[status=%d, %d bytes, took %s]".formatted(status, body.length, took);
    }
}
