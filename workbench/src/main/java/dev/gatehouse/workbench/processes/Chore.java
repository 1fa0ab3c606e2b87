package dev.gatehouse.workbench.processes;

import java.time.Duration;

/**
 * Something that every process has to do now and then, whatever devices it works on. A bean of this type is all it takes:
 * {@link Background} does it, for the first time at the start, and goes on whatever it throws.
 */
public interface Chore {

    /** What it does, for logs and health, e.g. {@code Forgetting old rows of the ledger}. */
    String name();

    /** From one time to the next. */
    Duration interval();

    /** Does it once. What it throws is logged, and it is done again sooner than usual. */
    void run();
}
