package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Does something of one tenant portion after portion until there is no more, and looks again when it is woken, or after a while. */
abstract class PortionLoop extends Loop {

    private static final int MOST_DOUBLINGS = 10;

    private final Pace pace;
    private final RandomGenerator random;
    private int failures;

    /**
     * How often it looks.
     *
     * @param idle at the soonest again after there was nothing, when nobody wakes it; at the latest after a quarter more, so that
     *     the loops of thousands of tenants do not look at the same moment
     * @param afterFailure the first pause after something failed, twice as long each time
     * @param longestAfterFailure no pause after a failure is longer
     */
    record Pace(Duration idle, Duration afterFailure, Duration longestAfterFailure) {}

    PortionLoop(Pace pace, RandomGenerator random, Sleeper sleeper) {
        super(sleeper);
        this.pace = pace;
        this.random = random;
    }

    /** Does the next portion; gives whether there may be more. */
    abstract boolean next() throws InterruptedException;

    @Override
    protected final Optional<Duration> round() throws InterruptedException {
        while (next()) {
            if (isStopping()) {
                return Optional.empty();
            }
        }
        failures = 0;
        return Optional.of(pace.idle().plusMillis(random.nextLong(pace.idle().toMillis() / 4)));
    }

    @Override
    protected final Duration databaseIsAway(RuntimeException cause) {
        return pause();
    }

    @Override
    protected final Duration failed(Fault fault) {
        return pause();
    }

    private Duration pause() {
        var pause = pace.afterFailure().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return shorter(pause, pace.longestAfterFailure());
    }
}
