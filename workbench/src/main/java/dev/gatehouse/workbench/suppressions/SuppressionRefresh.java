package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Has each process notice within seconds what was changed in another. */
@Component
class SuppressionRefresh implements Chore {

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Suppressions suppressions;

    SuppressionRefresh(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    @Override
    public String name() {
        return "Looking for changed suppressions";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() {
        suppressions.refresh();
    }
}
