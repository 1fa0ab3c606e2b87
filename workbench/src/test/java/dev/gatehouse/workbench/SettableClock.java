package dev.gatehouse.workbench;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it, and what passes meanwhile. */
public final class SettableClock implements InstantSource, MonotonicClock {

    private volatile Instant now;
    private volatile long passed;

    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanos() {
        return passed;
    }

    /** Sets the time of day; when that is later, as much time has passed. */
    public synchronized void set(Instant instant) {
        passed += Math.max(0, Duration.between(now, instant).toNanos());
        now = instant;
    }

    public synchronized void advance(Duration duration) {
        passed += duration.toNanos();
        now = now.plus(duration);
    }

    /** Somebody sets the computer's clock, back when it is negative. No time passes. */
    public synchronized void step(Duration by) {
        now = now.plus(by);
    }
}
