package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantLoops;
import dev.gatehouse.workbench.processes.TenantWork;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import dev.gatehouse.workbench.reconcile.ReconcileLoop.Surroundings;
import dev.gatehouse.workbench.records.VendorIncidents;
import dev.gatehouse.workbench.replay.ReplayChanged;
import dev.gatehouse.workbench.replay.Replays;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link ReconcileLoop} for every tenant. */
@Component
class Reconciling implements TenantWork {

    private final Surroundings surroundings;
    private final TenantLoops loops;

    Reconciling(
            Collector collector,
            SecurityDevices devices,
            Feeds feeds,
            VendorIncidents incidents,
            Reconciliations reconciliations,
            Replays replays,
            ApplicationEventPublisher events,
            Budgets budgets,
            Settings settings,
            InstantSource clock,
            MonotonicClock passing,
            TenantLoops loops,
            Background background) {
        this.surroundings = new Surroundings(
                collector,
                devices,
                feeds,
                incidents,
                reconciliations,
                new TenantsWithWork(
                        tenants ->
                                ReconcileLoop.withWork(tenants, reconciliations, incidents, settings, clock.instant()),
                        passing,
                        task -> background.once("Looking which tenants have hours to compare", task)),
                replays,
                events,
                budgets,
                settings,
                clock,
                passing,
                RandomGenerator.getDefault());
        this.loops = loops;
    }

    @Override
    public List<ReconcileLoop> loopsFor(TenantId tenant) {
        return List.of(new ReconcileLoop(tenant, surroundings, new SystemSleeper()));
    }

    @EventListener
    void hurry(ReconciliationRequested request) {
        of(request.tenant()).forEach(ReconcileLoop::hear);
    }

    /** A replay that has ended may be one that healed an hour. */
    @EventListener
    void hear(ReplayChanged replay) {
        of(replay.tenant()).forEach(loop -> loop.hearOfReplay(replay.replayId()));
    }

    /** An incident may have been merged into one that is not here. */
    @EventListener
    void hear(PageStored page) {
        if (page.feed() == Feed.INCIDENTS && page.newRecords() + page.newVersions() > 0) {
            of(page.tenant()).forEach(ReconcileLoop::hearOfIncidents);
        }
    }

    private Stream<ReconcileLoop> of(TenantId tenant) {
        return loops.of(tenant, ReconcileLoop.class);
    }
}
