package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.platform.database.Percentiles;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.TimeSpreads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long things about alerts took, for alerts that were made in a range of time. */
@Component
public class AlertTimes {

    private static final TimeSpreads<AlertTime> SPREADS = new TimeSpreads<>(
            AlertTime.class,
            new TimeSpreads.Table(
                    "alert a", "a.created_at", "alert a", "a.organization_id", "{severity} and " + Scope.PLACE));

    private final JdbcClient database;

    AlertTimes(JdbcClient database) {
        this.database = database;
    }

    /**
     * All together.
     *
     * @param severity only of that one
     * @param from made then or later, by our clock
     * @param to made before
     * @return without those of which nothing was measured
     */
    public Map<AlertTime, Percentiles> total(Scope scope, Optional<AlertSeverity> severity, Instant from, Instant to) {
        return SPREADS.total(asked(scope, severity), from, to);
    }

    /**
     * Of each of several spans of time.
     *
     * @param spans each from its beginning until before its end
     * @return as many as there are spans, in their order
     */
    public List<Map<AlertTime, Percentiles>> spans(Scope scope, Optional<AlertSeverity> severity, List<Window> spans) {
        return SPREADS.spans(asked(scope, severity), spans);
    }

    /** Of each organization that has any. */
    public Map<UUID, Map<AlertTime, Percentiles>> organizations(
            Scope scope, Optional<AlertSeverity> severity, Instant from, Instant to) {
        return SPREADS.organizations(asked(scope, severity), from, to);
    }

    private Function<String, JdbcClient.StatementSpec> asked(Scope scope, Optional<AlertSeverity> severity) {
        var condition = severity.isPresent() ? "a.severity_rank = :severity" : "true";
        return sql -> scope.organizations(database, sql.replace("{severity}", condition), "a.organization_id")
                .param("severity", severity.map(Severities::rank).orElse(null));
    }
}
