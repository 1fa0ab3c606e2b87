package dev.gatehouse.workbench.files;

import dev.gatehouse.workbench.alerts.AlertRemovalPart;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files of steps of alerts that are in no investigation, which go with the alert. */
@Component
class FilesOfAlerts implements AlertRemovalPart {

    private final JdbcClient database;

    FilesOfAlerts(JdbcClient database) {
        this.database = database;
    }

    // With their chunks.
    private static final String REMOVE = "delete from file where alert_id = any (:alerts)";

    @Override
    public void removing(Collection<UUID> alerts) {
        database.sql(REMOVE).param("alerts", alerts.toArray(UUID[]::new)).update();
    }
}
