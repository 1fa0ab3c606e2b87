package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantLoops;
import dev.gatehouse.workbench.processes.TenantWork;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import dev.gatehouse.workbench.replay.ReplayLoop.Surroundings;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link ReplayLoop} for every tenant. */
@Component
class Replaying implements TenantWork {

    private final Surroundings surroundings;
    private final TenantLoops loops;
    private final Background background;

    Replaying(
            Collector collector,
            SecurityDevices devices,
            Feeds feeds,
            Replays replays,
            Quarantine quarantine,
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
                replays,
                new TenantsWithWork(
                        replays::withWork,
                        passing,
                        task -> background.once("Looking which tenants have history to read", task)),
                quarantine,
                events,
                budgets,
                settings,
                clock,
                passing,
                RandomGenerator.getDefault());
        this.loops = loops;
        this.background = background;
    }

    @Override
    public List<ReplayLoop> loopsFor(TenantId tenant) {
        return List.of(new ReplayLoop(tenant, surroundings, new SystemSleeper()));
    }

    /** A feed's first page tells where its history ends, which is when its backfill can be queued. */
    @EventListener
    void hear(PageStored page) {
        loops.of(page.tenant(), ReplayLoop.class).forEach(loop -> loop.hear(page.feed()));
    }

    @EventListener
    void hurry(ReplayRequested request) {
        loops.of(request.tenant(), ReplayLoop.class).forEach(Loop::wake);
    }

    /** Whoever changed the device does not have to wait for this. */
    @EventListener
    void endVoidOnes(DeviceChanged change) {
        background.once(
                "Ending replays that have become void",
                () -> surroundings.replays().cancelVoid(surroundings.clock().instant()));
    }
}
