package dev.gatehouse.intake.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one request cost and how Microsoft knows it.
 *
 * @param requestId Graph's {@code request-id}, when it sent one
 * @param bytes size of the body as read, after decompression
 * @param took from sending the request to the last byte
 * @param serverTime Microsoft's {@code Date} header, when it sent one
 */
public record Receipt(Optional<String> requestId, long bytes, Duration took, Optional<Instant> serverTime) {}
