package dev.gatehouse.workbench.replay;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps what reads the past of one device to so many requests a minute, so that polling and people always find room below Microsoft's
 * limits. After a rest, a minute's worth may go at once.
 */
public final class Pace {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final int perMinute;
    private double left;
    private Instant asOf;

    /** So many requests a minute, from now on. */
    public Pace(int perMinute, Instant now) {
        this.perMinute = perMinute;
        this.left = perMinute;
        this.asOf = now;
    }

    /** Takes the right to one request; or takes nothing, and gives how long it is until there is one. */
    public Duration take(Instant now) {
        var passed = Duration.between(asOf, now);
        if (passed.isPositive()) {
            left = Math.min(perMinute, left + (double) passed.toMillis() * perMinute / MINUTE);
        }
        asOf = now;
        if (left >= 1) {
            left--;
            return Duration.ZERO;
        }
        // Rounded up, so that it never becomes a pause of nothing.
        return Duration.ofMillis((long) ((1 - left) * MINUTE / perMinute) + 1);
    }
}
