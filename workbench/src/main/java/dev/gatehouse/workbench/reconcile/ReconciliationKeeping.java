package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Forgets old comparisons, hourly. */
@Component
class ReconciliationKeeping implements Chore {

    private final Reconciliations reconciliations;
    private final Settings settings;
    private final InstantSource clock;

    ReconciliationKeeping(Reconciliations reconciliations, Settings settings, InstantSource clock) {
        this.reconciliations = reconciliations;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Forgetting old comparisons";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        reconciliations.forgetBefore(clock.instant().minus(settings.reconcile().keep()));
    }
}
