package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Reads the history of one tenant again when somebody has asked for it, portion after portion. */
final class RereadLoop extends PortionLoop {

    /** What another process was asked for is found within a minute: 48 seconds, and a quarter more at most. */
    private static final Pace PACE = new Pace(Duration.ofSeconds(48), Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final TenantId tenant;
    private final RereadWork work;

    RereadLoop(TenantId tenant, RereadWork work, RandomGenerator random, Sleeper sleeper) {
        super(PACE, random, sleeper);
        this.tenant = tenant;
        this.work = work;
    }

    @Override
    boolean next() {
        return work.next(tenant);
    }

    @Override
    protected String name() {
        return "Reading history again for tenant " + tenant;
    }
}
