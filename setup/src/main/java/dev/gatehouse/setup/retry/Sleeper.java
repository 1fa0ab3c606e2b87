package dev.gatehouse.setup.retry;

import java.time.Duration;

/** Waits. Tests give one that only moves their clock. */
@FunctionalInterface
public interface Sleeper {

    /** Waits on the real clock. */
    Sleeper REAL = Thread::sleep;

    /** Returns after a while. */
    void sleep(Duration duration) throws InterruptedException;
}
