package dev.gatehouse.workbench.processes;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells the operator's monitoring whether everything that has to go on in this process goes on. It is part of liveness: what
 * the watchdog cannot start again, a new process can. A single feed that fails is its tenant's trouble and not this.
 */
@Component("loops")
class LoopsHealth implements HealthIndicator {

    private final Background background;
    private final TenantLoops loops;

    LoopsHealth(Background background, TenantLoops loops) {
        this.background = background;
        this.loops = loops;
    }

    @Override
    public Health health() {
        var complaints = background.complaints();
        var census = loops.census();
        var health = complaints.isEmpty()
                ? Health.up()
                : Health.down()
                        .withDetail("cause", String.join("; ", complaints))
                        .withDetail("cure", "Start Gatehouse again, and report the lines that the log has of it.");
        return health.withDetail("loops", census.loops())
                .withDetail("failing", census.failing())
                .withDetail("restarts", census.restarts())
                .build();
    }
}
