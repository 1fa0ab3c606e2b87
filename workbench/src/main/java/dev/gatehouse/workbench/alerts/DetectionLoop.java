package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.collect.PagesFirst;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Has the rules look at the new vendor alerts of one tenant, as soon as they are stored. */
final class DetectionLoop extends PortionLoop {

    /** As many as one transaction takes. */
    private static final int MOST = 200;

    /** A vendor alert that nobody told of is found after minutes. */
    private static final Pace PACE = new Pace(Duration.ofMinutes(5), Duration.ofSeconds(2), Duration.ofMinutes(1));

    private final TenantId tenant;
    private final AlertMaking making;
    private final PagesFirst pages;

    DetectionLoop(TenantId tenant, AlertMaking making, PagesFirst pages, RandomGenerator random, Sleeper sleeper) {
        super(PACE, random, sleeper);
        this.tenant = tenant;
        this.making = making;
        this.pages = pages;
    }

    @Override
    boolean next() throws InterruptedException {
        return pages.afterPages(() -> making.next(tenant, MOST));
    }

    @Override
    protected String name() {
        return "Making alerts of tenant " + tenant;
    }
}
