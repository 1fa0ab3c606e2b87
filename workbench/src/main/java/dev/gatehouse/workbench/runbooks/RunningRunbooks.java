package dev.gatehouse.workbench.runbooks;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.AlertsChanged;
import dev.gatehouse.workbench.collect.PagesFirst;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.hunt.HuntingService;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantLoops;
import dev.gatehouse.workbench.processes.TenantWork;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.runbooks.RunbookLoop.Surroundings;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link RunbookLoop} for every tenant. */
@Component
class RunningRunbooks implements TenantWork {

    private final Surroundings surroundings;
    private final TenantLoops loops;

    RunningRunbooks(
            DueRunbooks due,
            Alerts alerts,
            VendorAlerts vendorAlerts,
            Rules rules,
            SecurityDevices devices,
            HuntingService hunting,
            InvestigativeActions actions,
            Fence fence,
            PagesFirst pages,
            InstantSource clock,
            ApplicationEventPublisher events,
            TenantLoops loops) {
        this.surroundings = new Surroundings(
                due,
                alerts,
                vendorAlerts,
                rules::runbook,
                devices,
                hunting::runByItself,
                actions,
                fence,
                pages,
                clock,
                events);
        this.loops = loops;
    }

    @Override
    public List<RunbookLoop> loopsFor(TenantId tenant) {
        return List.of(new RunbookLoop(tenant, surroundings, new SystemSleeper()));
    }

    @EventListener
    void hear(AlertsChanged changed) {
        changed.tenant()
                .filter(tenant -> !changed.made().isEmpty())
                .ifPresent(tenant -> loops.of(tenant, RunbookLoop.class).forEach(Loop::wake));
    }
}
