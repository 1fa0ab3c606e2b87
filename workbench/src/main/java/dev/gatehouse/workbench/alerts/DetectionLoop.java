package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** Has the rules look at the new vendor alerts of one tenant, as soon as they are stored. */
final class DetectionLoop extends PortionLoop {

    /** As many as one transaction takes. */
    private static final int MOST = 200;

    /** A vendor alert that nobody told of is found after minutes. */
    private static final Pace PACE = new Pace(Duration.ofMinutes(5), Duration.ofSeconds(2), Duration.ofMinutes(1));

    private final TenantId tenant;
    private final AlertMaking making;
    private final Semaphore atOnce;

    DetectionLoop(TenantId tenant, AlertMaking making, Semaphore atOnce, RandomGenerator random, Sleeper sleeper) {
        super(PACE, random, sleeper);
        this.tenant = tenant;
        this.making = making;
        this.atOnce = atOnce;
    }

    @Override
    boolean next() throws InterruptedException {
        atOnce.acquire();
        try {
            return making.next(tenant, MOST);
        } finally {
            atOnce.release();
        }
    }

    @Override
    protected String name() {
        return "Making alerts of tenant " + tenant;
    }
}
