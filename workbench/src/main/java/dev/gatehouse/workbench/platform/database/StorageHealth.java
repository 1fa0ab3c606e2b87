package dev.gatehouse.workbench.platform.database;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells the operator's monitoring when the database does not take what it is given. */
@Component("storage")
class StorageHealth implements HealthIndicator {

    private final Storage storage;

    StorageHealth(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Health health() {
        return storage.complaint()
                .map(complaint -> Health.down()
                        .withDetail("cause", complaint.cause())
                        .withDetail("cure", complaint.cure())
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
