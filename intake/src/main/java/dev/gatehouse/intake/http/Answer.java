package dev.gatehouse.intake.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * What came back: any status, all headers, and the body. Of a body that was taken as it came, and of one that is longer than
 * anybody reads, only the beginning is here. It prints without the body.
 */
public final class Answer {

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final long length;
    private final Duration took;
    private final Instant receivedAt;

    /**
     * An answer with its whole body, which is not copied.
     *
     * @param status HTTP status
     * @param headers its headers
     * @param body the body after decompression
     * @param took from sending the request to the last byte
     * @param receivedAt when the last byte came, by this machine's clock
     */
    public Answer(int status, Headers headers, byte[] body, Duration took, Instant receivedAt) {
        this(status, headers, body, body.length, took, receivedAt);
    }

    /**
     * An answer of which the beginning is kept.
     *
     * @param status HTTP status
     * @param headers its headers
     * @param body the beginning of the body after decompression
     * @param length how much of it was read in all, in bytes
     * @param took from sending the request to the last byte
     * @param receivedAt when the last byte came, by this machine's clock
     */
    public Answer(int status, Headers headers, byte[] body, long length, Duration took, Instant receivedAt) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.length = length;
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

    /** How many bytes were read of the body, after decompression; more than are here when only its beginning was kept. */
    public long length() {
        return length;
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
        return "Answer[status=%d, %d bytes, took %s]".formatted(status, length, took);
    }
}
