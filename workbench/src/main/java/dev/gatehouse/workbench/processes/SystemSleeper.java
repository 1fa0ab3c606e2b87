package dev.gatehouse.workbench.processes;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sleeps by the computer's own clock. */
public final class SystemSleeper implements Sleeper {

    private final Semaphore calls = new Semaphore(0);

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (calls.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }

    @Override
    public void wake() {
        calls.release();
    }
}
