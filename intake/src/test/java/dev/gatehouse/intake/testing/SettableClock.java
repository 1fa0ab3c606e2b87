package dev.gatehouse.intake.testing;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told otherwise, and what passes meanwhile. */
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

    public synchronized void advance(Duration by) {
        passed += by.toNanos();
        now = now.plus(by);
    }

    /** Somebody sets the computer's clock, back when it is negative. No time passes. */
    public synchronized void step(Duration by) {
        now = now.plus(by);
    }
}
