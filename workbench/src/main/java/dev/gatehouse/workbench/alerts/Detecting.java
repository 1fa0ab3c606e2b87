package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.collect.ReadAfterAll;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantLoops;
import dev.gatehouse.workbench.processes.TenantWork;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link DetectionLoop} for every tenant. */
@Component
class Detecting implements TenantWork {

    /** Fewer than the connections that loops write with, so that pages are stored first when hundreds of tenants have news. */
    private static final int AT_ONCE = 3;

    private final Semaphore atOnce = new Semaphore(AT_ONCE, true);
    private final AlertMaking making;
    private final TenantLoops loops;

    Detecting(AlertMaking making, TenantLoops loops) {
        this.making = making;
        this.loops = loops;
    }

    @Override
    public List<DetectionLoop> loopsFor(TenantId tenant) {
        return List.of(new DetectionLoop(tenant, making, atOnce, RandomGenerator.getDefault(), new SystemSleeper()));
    }

    @EventListener
    void hear(PageStored page) {
        if (page.feed() == Feed.ALERTS && page.newRecords() + page.newVersions() > 0) {
            loops.of(page.tenant(), DetectionLoop.class).forEach(Loop::wake);
        }
    }

    @EventListener
    void hear(ReadAfterAll read) {
        if (read.feeds().contains(Feed.ALERTS)) {
            loops.all(DetectionLoop.class).forEach(Loop::wake);
        }
    }
}
