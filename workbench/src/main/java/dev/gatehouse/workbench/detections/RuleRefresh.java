package dev.gatehouse.workbench.detections;

import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Has each process notice within seconds what was changed in another, or in a file. */
@Component
class RuleRefresh implements Chore {

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Rules rules;

    RuleRefresh(Rules rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "Looking for changed detection rules";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() {
        rules.refresh();
    }
}
