package dev.gatehouse.workbench.processes;

import java.time.Duration;

/** For tests that move the clock and call {@link Loop#attempt()} themselves. */
public final class NoSleep implements Sleeper {

    @Override
    public void sleep(Duration duration) {
        // Never called: the test calls attempt() itself.
    }

    @Override
    public void wake() {
        // Nobody sleeps.
    }
}
