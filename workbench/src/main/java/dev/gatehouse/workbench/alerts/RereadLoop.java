package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.processes.Sleeper;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Reads the history of one tenant again when somebody has asked for it, portion after portion. */
final class RereadLoop extends PortionLoop {

    /** What another process was asked for is found within a minute: 48 seconds, and a quarter more at most. */
    private static final Pace PACE = new Pace(Duration.ofSeconds(48), Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final TenantId tenant;
    private final RereadWork work;
    private final TenantsWithWork withWork;
    private boolean isAtWork;

    RereadLoop(TenantId tenant, RereadWork work, TenantsWithWork withWork, RandomGenerator random, Sleeper sleeper) {
        super(PACE, random, sleeper);
        this.tenant = tenant;
        this.work = work;
        this.withWork = withWork;
    }

    @Override
    boolean next() throws InterruptedException {
        isAtWork = (isAtWork || withWork.contains(tenant)) && work.next(tenant);
        return isAtWork;
    }

    @Override
    protected String name() {
        return "Reading history again for tenant " + tenant;
    }
}
