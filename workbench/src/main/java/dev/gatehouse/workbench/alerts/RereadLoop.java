package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.util.Optional;

/** Reads the history of one tenant again when somebody has asked for it, portion after portion. */
final class RereadLoop extends Loop {

    /** How soon it finds what another process was asked for. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(5);

    private final TenantId tenant;
    private final RereadWork work;
    private int failures;

    RereadLoop(TenantId tenant, RereadWork work, Sleeper sleeper) {
        super(sleeper);
        this.tenant = tenant;
        this.work = work;
    }

    @Override
    protected Optional<Duration> round() {
        while (work.next(tenant)) {
            if (isStopping()) {
                return Optional.empty();
            }
        }
        failures = 0;
        return Optional.of(IDLE);
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
        var pause = AFTER_FAILURE.multipliedBy(1L << Math.min(failures, 8));
        failures++;
        return shorter(pause, LONGEST_AFTER_FAILURE);
    }

    @Override
    protected String name() {
        return "Reading history again for tenant " + tenant;
    }
}
