package dev.gatehouse.workbench.lease;

/**
 * Measures how much time passes, and not what time it is: it never goes back and never jumps, whatever happens to the
 * computer's clock. What is waited for is measured with it; what is shown or stored is an instant of the clock.
 */
@FunctionalInterface
public interface MonotonicClock {

    /** The computer's own. */
    MonotonicClock SYSTEM = System::nanoTime;

    /** Nanoseconds since some moment that is the same for the life of the process; only differences mean something. */
    long nanos();
}
