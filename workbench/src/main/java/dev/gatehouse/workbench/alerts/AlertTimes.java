package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Percentiles;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long things about alerts took, for alerts that were made in a range of time. */
@Component
public class AlertTimes {

    private static final String SPREADS = Arrays.stream(AlertTime.values())
            .map(time -> Percentiles.of(time.column()))
            .collect(Collectors.joining(", "));

    private final JdbcClient database;

    AlertTimes(JdbcClient database) {
        this.database = database;
    }

    private static final String TOTAL = "select " + SPREADS
            + " from alert a where a.created_at >= :from and a.created_at < :to and {severity} and {scope}";

    /**
     * All together.
     *
     * @param severity only of that one
     * @param from made then or later, by our clock
     * @param to made before
     * @return without those of which nothing was measured
     */
    public Map<AlertTime, Percentiles> total(Scope scope, Optional<AlertSeverity> severity, Instant from, Instant to) {
        return asked(scope, TOTAL, severity)
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query((row, number) -> read(row))
                .single();
    }

    // Each span is read by itself, so that nothing has to be sorted by spans first.
    private static final String SPANS = """
            select w.span, m.* from unnest(:froms::text[]::timestamptz[], :tos::text[]::timestamptz[]) with ordinality as w (span_from, span_to, span)
            cross join lateral (
                select {spreads}
                from alert a where a.created_at >= w.span_from and a.created_at < w.span_to and {severity} and {scope}
            ) m
            order by w.span
            """.replace("{spreads}", SPREADS);

    /**
     * Of each of several spans of time.
     *
     * @param spans each from its beginning until before its end
     * @return as many as there are spans, in their order
     */
    public List<Map<AlertTime, Percentiles>> spans(Scope scope, Optional<AlertSeverity> severity, List<Window> spans) {
        return asked(scope, SPANS, severity)
                .param(
                        "froms",
                        spans.stream().map(span -> span.from().toString()).toArray(String[]::new))
                .param("tos", spans.stream().map(span -> span.to().toString()).toArray(String[]::new))
                .query((row, number) -> read(row))
                .list();
    }

    private static final String ORGANIZATIONS = "select t.organization_id as organization, " + SPREADS + """
             from alert a join tenant t on t.tenant_id = a.tenant_id
            where a.created_at >= :from and a.created_at < :to and {severity} and {scope}
            group by t.organization_id
            """;

    /** Of each organization that has any. */
    public Map<UUID, Map<AlertTime, Percentiles>> organizations(
            Scope scope, Optional<AlertSeverity> severity, Instant from, Instant to) {
        var found = new HashMap<UUID, Map<AlertTime, Percentiles>>();
        asked(scope, ORGANIZATIONS, severity)
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .query(row -> {
                    found.put(row.getObject("organization", UUID.class), read(row));
                });
        return found;
    }

    private JdbcClient.StatementSpec asked(Scope scope, String sql, Optional<AlertSeverity> severity) {
        var narrowed = sql.replace("{severity}", severity.isPresent() ? "a.severity_rank = :severity" : "true");
        return scope.tenants(database, narrowed, "a.tenant_id")
                .param("severity", severity.map(Severities::rank).orElse(null));
    }

    private static Map<AlertTime, Percentiles> read(ResultSet row) throws SQLException {
        var found = new EnumMap<AlertTime, Percentiles>(AlertTime.class);
        for (var time : AlertTime.values()) {
            Percentiles.read(row, time.column()).ifPresent(spread -> found.put(time, spread));
        }
        return found;
    }
}
