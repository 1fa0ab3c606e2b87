package dev.gatehouse.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The pretend cloud's time: that of another clock, moved forward as far as tests like. It never goes back. */
public final class SimulatorClock implements InstantSource {

    private final InstantSource base;
    private Duration ahead = Duration.ZERO;

    SimulatorClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public synchronized Instant instant() {
        return base.instant().plus(ahead);
    }

    /**
     * Moves the cloud's time forward.
     *
     * @throws IllegalArgumentException for a negative step: what happened in a tenant cannot be undone
     */
    public synchronized void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("Time only moves forward, but was asked to move by " + step);
        }
        ahead = ahead.plus(step);
    }
}
