package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.alerts.AlertRemovalPart;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Steps of alerts that are in no investigation, and their history, which go with the alert. */
@Component
class StepsOfAlerts implements AlertRemovalPart {

    private final JdbcClient database;

    StepsOfAlerts(JdbcClient database) {
        this.database = database;
    }

    // Whatever is done to a step of an alert, or to a file of one, has a line there.
    private static final String CHANGED = """
            select distinct alert_id from investigation_history where alert_id = any (:alerts) and at >= :since
            """;

    @Override
    public Set<UUID> changed(Collection<UUID> alerts, Instant since) {
        return Set.copyOf(database.sql(CHANGED)
                .param("alerts", alerts.toArray(UUID[]::new))
                .param("since", Columns.timestamp(since))
                .query((row, number) -> row.getObject("alert_id", UUID.class))
                .list());
    }

    @Override
    public void removing(Collection<UUID> alerts) {
        remove("delete from investigation_history where alert_id = any (:alerts)", alerts);
        remove("delete from investigative_action where alert_id = any (:alerts)", alerts);
    }

    private void remove(String sql, Collection<UUID> alerts) {
        database.sql(sql).param("alerts", alerts.toArray(UUID[]::new)).update();
    }
}
