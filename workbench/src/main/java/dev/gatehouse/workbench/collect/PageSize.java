package dev.gatehouse.workbench.collect;

import java.time.Duration;
import java.time.Instant;

/**
 * How much is asked for at once: the configured number, and less while Microsoft cannot cope with it. What worked is kept for
 * an hour, so that not every question runs into the same wall.
 */
public final class PageSize {

    private static final Duration KEPT = Duration.ofHours(1);

    private final int configured;
    private int current;
    private Instant keptUntil = Instant.MIN;

    /** Starts with what the settings say. */
    public PageSize(int configured) {
        this.configured = configured;
        this.current = configured;
    }

    public int current() {
        return current;
    }

    /** So much did not come. */
    public void halve(Instant now) {
        current = Math.max(1, current / 2);
        keptUntil = now.plus(KEPT);
    }

    /** So much came. */
    public void worked(Instant now) {
        if (!now.isBefore(keptUntil)) {
            current = configured;
        }
    }
}
