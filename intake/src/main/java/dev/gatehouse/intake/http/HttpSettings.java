package dev.gatehouse.intake.http;

import java.time.Duration;

/**
 * How patient and how greedy requests are.
 *
 * @param connectTimeout until a connection stands, TLS included
 * @param readTimeout between two bytes of an answer
 * @param totalTimeout for a whole request, so that an answer that drips cannot last for ever
 * @param mostBodyBytes largest body taken, after decompression
 * @param connectionsPerHost most connections to one host at a time. All tenants of a cloud share its two hosts; a request
 *     lasts about half a second, so that 256 carry some 500 requests a second
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration readTimeout,
        Duration totalTimeout,
        int mostBodyBytes,
        int connectionsPerHost) {

    private static final int MEBIBYTE = 1024 * 1024;

    public HttpSettings {
        requirePositive("connect time-out", connectTimeout.isPositive());
        requirePositive("read time-out", readTimeout.isPositive());
        requirePositive("total time-out", totalTimeout.isPositive());
        requirePositive("largest body", mostBodyBytes > 0);
        requirePositive("number of connections", connectionsPerHost > 0);
    }

    private static void requirePositive(String what, boolean isPositive) {
        if (!isPositive) {
            throw new IllegalArgumentException("The %s must be more than nothing".formatted(what));
        }
    }

    /** 10 s to connect, 60 s between bytes, 5 min in all, 128 MiB, 256 connections. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5), 128 * MEBIBYTE, 256);
    }
}
