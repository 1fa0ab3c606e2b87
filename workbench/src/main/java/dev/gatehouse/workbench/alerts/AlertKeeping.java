package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.collect.RetentionPasses;
import dev.gatehouse.workbench.collect.RetentionPasses.Kind;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Removes alerts that are kept no longer, portion after portion. Several processes may do so at the same time. */
@Component
class AlertKeeping implements Chore {

    private final AlertRemoval removal;
    private final RetentionPasses passes;
    private final Settings settings;

    AlertKeeping(AlertRemoval removal, RetentionPasses passes, Settings settings) {
        this.removal = removal;
        this.passes = passes;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "Removing old alerts";
    }

    @Override
    public Duration interval() {
        return RetentionPasses.INTERVAL;
    }

    @Override
    public void run() {
        var kept = settings.retention().alerts();
        passes.run("retention.alerts", kept, AlertRemoval.Place.FIRST, (before, place, most, pass) -> {
            var portion = removal.next(before, place, most);
            pass.removed(Kind.ALERTS, portion.alerts());
            pass.removed(Kind.VENDOR_ALERTS, portion.vendorAlerts());
            pass.removed(Kind.VERSIONS, portion.versions());
            return portion.next();
        });
    }
}
