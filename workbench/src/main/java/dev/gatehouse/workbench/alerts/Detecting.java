package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.collect.PagesFirst;
import dev.gatehouse.workbench.collect.ReadAfterAll;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantLoops;
import dev.gatehouse.workbench.processes.TenantWork;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link DetectionLoop} for every tenant. */
@Component
class Detecting implements TenantWork {

    private final AlertMaking making;
    private final PagesFirst pages;
    private final TenantLoops loops;

    Detecting(AlertMaking making, PagesFirst pages, TenantLoops loops) {
        this.making = making;
        this.pages = pages;
        this.loops = loops;
    }

    @Override
    public List<DetectionLoop> loopsFor(TenantId tenant) {
        return List.of(new DetectionLoop(tenant, making, pages, RandomGenerator.getDefault(), new SystemSleeper()));
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
