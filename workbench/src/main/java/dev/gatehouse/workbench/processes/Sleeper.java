package dev.gatehouse.workbench.processes;

import java.time.Duration;

/** Waits, unless somebody wakes it. */
public interface Sleeper {

    /**
     * Waits for so long, or until {@link #wake()}; not at all when it was woken since the last time.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    void sleep(Duration duration) throws InterruptedException;

    /** Ends the present sleep or spares the next one. */
    void wake();
}
