package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;

/**
 * How much is asked for at once: the configured number, and less while Microsoft cannot cope with it. What worked is kept for
 * an hour, so that not every question runs into the same wall.
 */
public final class PageSize {

    private static final Duration KEPT = Duration.ofHours(1);

    private final int configured;
    private final MonotonicClock clock;
    private int current;
    private long keptUntil;

    /** Starts with what the settings say. */
    public PageSize(int configured, MonotonicClock clock) {
        this.configured = configured;
        this.clock = clock;
        this.current = configured;
        this.keptUntil = clock.nanos();
    }

    public int current() {
        return current;
    }

    /** So much did not come. */
    public void halve() {
        current = Math.max(1, current / 2);
        keptUntil = clock.after(KEPT);
    }

    /** So much came. */
    public void worked() {
        if (clock.until(keptUntil).isZero()) {
            current = configured;
        }
    }
}
