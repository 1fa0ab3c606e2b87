package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantLoops;
import dev.gatehouse.workbench.processes.TenantWork;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link RereadLoop} for every tenant. */
@Component
class Rereading implements TenantWork {

    private final RereadWork work;
    private final TenantsWithWork withWork;
    private final TenantLoops loops;

    Rereading(RereadWork work, TenantLoops loops, MonotonicClock clock, Background background) {
        this.work = work;
        this.withWork = new TenantsWithWork(
                work::withWork,
                clock,
                task -> background.once("Looking which tenants have history to read again", task));
        this.loops = loops;
    }

    @Override
    public List<RereadLoop> loopsFor(TenantId tenant) {
        return List.of(new RereadLoop(tenant, work, withWork, RandomGenerator.getDefault(), new SystemSleeper()));
    }

    @EventListener
    void hear(RereadRequested request) {
        loops.all(RereadLoop.class).forEach(Loop::wake);
    }
}
