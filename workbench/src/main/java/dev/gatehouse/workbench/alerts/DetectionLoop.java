package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Has the rules look at the new vendor alerts of one tenant, as soon as they are stored. */
final class DetectionLoop extends Loop {

    /** As many as one transaction takes. */
    private static final int MOST = 200;

    /** How soon a vendor alert is found that nobody told of. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(1);

    private final TenantId tenant;
    private final AlertMaking making;
    private final RandomGenerator random;
    private int failures;

    DetectionLoop(TenantId tenant, AlertMaking making, RandomGenerator random, Sleeper sleeper) {
        super(sleeper);
        this.tenant = tenant;
        this.making = making;
        this.random = random;
    }

    @Override
    protected Optional<Duration> round() {
        while (making.next(tenant, MOST)) {
            if (isStopping()) {
                return Optional.empty();
            }
        }
        failures = 0;
        // Spread, so that the loops of thousands of tenants do not look at the same moment.
        return Optional.of(IDLE.plusMillis(random.nextLong(IDLE.toMillis() / 4)));
    }

    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        return pause();
    }

    @Override
    protected Duration failed(Fault fault) {
        return pause();
    }

    private Duration pause() {
        var pause = AFTER_FAILURE.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        return shorter(pause, LONGEST_AFTER_FAILURE);
    }

    @Override
    protected String name() {
        return "Making alerts of tenant " + tenant;
    }
}
