package dev.gatehouse.workbench.generate;

import dev.gatehouse.workbench.alerts.AlertsChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;

/** Hears which alerts the thread that asks has made. */
public final class MadeAlerts {

    private static final ScopedValue<List<UUID>> HEARD = ScopedValue.newInstance();

    /** The ids of the alerts that some work made. */
    static List<UUID> during(Runnable work) {
        var heard = new ArrayList<UUID>();
        ScopedValue.where(HEARD, heard).run(work);
        return heard;
    }

    @EventListener
    void hear(AlertsChanged changed) {
        if (HEARD.isBound()) {
            HEARD.get().addAll(changed.made());
        }
    }
}
