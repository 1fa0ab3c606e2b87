package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many alerts were made on which days (UTC), and how they stand now, from counters that are kept as alerts change. */
@Component
public class AlertDays {

    private final JdbcClient database;

    AlertDays(JdbcClient database) {
        this.database = database;
    }

    /**
     * Alerts that were made in a range of days.
     *
     * @param all how many
     * @param open how many of them are not closed
     * @param investigated how many of them are in an investigation
     * @param suppressed how many of them Gatehouse closed at once
     */
    public record Made(long all, long open, long investigated, long suppressed) {

        /** None. */
        public static final Made NONE = new Made(0, 0, 0, 0);
    }

    private static final String SUMS = """
            coalesce(sum(alerts), 0) as made,
            coalesce(sum(alerts) filter (where outcome in ('OPEN', 'IN_PROGRESS')), 0) as open,
            coalesce(sum(alerts) filter (where investigated), 0) as investigated,
            coalesce(sum(alerts) filter (where outcome like 'SUPPRESSED%'), 0) as suppressed
            """;

    private static final String OF_ALL =
            "select " + SUMS + " from alert_day_total where day between :from and :to and {scope}";

    private static final String OF_SCOPE =
            "select " + SUMS + " from alert_day where day between :from and :to and {scope}";

    /**
     * All that may be seen.
     *
     * @param from the first day
     * @param to the last day
     */
    public Made total(Scope scope, LocalDate from, LocalDate to) {
        // The sums over all directories are for whoever sees all of them.
        return scope.tenants(database, scope instanceof Scope.Everything ? OF_ALL : OF_SCOPE, "tenant_id")
                .param("from", from)
                .param("to", to)
                .query((row, number) -> new Made(
                        row.getLong("made"),
                        row.getLong("open"),
                        row.getLong("investigated"),
                        row.getLong("suppressed")))
                .single();
    }

    /**
     * The alerts of one day that have severity and ending in common.
     *
     * @param day on which they were made (UTC)
     * @param alerts how many; more than none
     */
    public record OfDay(LocalDate day, AlertSeverity severity, AlertEnding ending, long alerts) {}

    private static final String DAYS = """
            select day, severity_rank, outcome, sum(alerts) as alerts from {days}
            where day between :from and :to and {scope} group by day, severity_rank, outcome having sum(alerts) <> 0
            order by day
            """;

    /** Of each day by severity and by how they ended; only what there is any of. */
    public List<OfDay> days(Scope scope, LocalDate from, LocalDate to) {
        var days = scope instanceof Scope.Everything ? "alert_day_total" : "alert_day";
        return scope.tenants(database, DAYS.replace("{days}", days), "tenant_id")
                .param("from", from)
                .param("to", to)
                .query((row, number) -> new OfDay(
                        row.getObject("day", LocalDate.class),
                        Severities.of(row.getInt("severity_rank")),
                        AlertEnding.of(reason(row.getString("outcome"))),
                        row.getLong("alerts")))
                .list();
    }

    private static Optional<CloseReason> reason(String outcome) {
        return Arrays.stream(CloseReason.values())
                .filter(reason -> reason.name().equals(outcome))
                .findFirst();
    }

    /**
     * What a rule has made in a range of days.
     *
     * @param alerts how many alerts
     * @param vendorAlerts how many vendor alerts have joined these or older ones
     */
    public record OfRule(long alerts, long vendorAlerts) {

        /** Nothing. */
        public static final OfRule NOTHING = new OfRule(0, 0);
    }

    private static final String BY_RULE = """
            select rule_id, sum(alerts) as alerts, sum(vendor_alerts) as vendor_alerts from {table}
            where day between :from and :to and {scope} group by rule_id
            """;

    /**
     * What each rule has made of all that may be seen; those that have made nothing are left out.
     *
     * @param from the first day
     * @param to the last day
     */
    public Map<String, OfRule> byRule(Scope scope, LocalDate from, LocalDate to) {
        var made = new HashMap<String, OfRule>();
        var table = scope instanceof Scope.Everything ? "alert_rule_day_total" : "alert_rule_day";
        scope.tenants(database, BY_RULE.replace("{table}", table), "tenant_id")
                .param("from", from)
                .param("to", to)
                .query(row -> {
                    made.put(row.getString("rule_id"), new OfRule(row.getLong("alerts"), row.getLong("vendor_alerts")));
                });
        return made;
    }

    private static final String OF_TENANTS = "select tenant_id, " + SUMS + """
            from alert_day where tenant_id = any (:tenants) and day between :from and :to and {scope} group by tenant_id
            """;

    /** Of some directories; those that have none are left out. */
    public Map<TenantId, Made> of(Scope scope, Collection<TenantId> tenants, LocalDate from, LocalDate to) {
        var made = new HashMap<TenantId, Made>();
        scope.tenants(database, OF_TENANTS, "tenant_id")
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .param("from", from)
                .param("to", to)
                .query(row -> {
                    made.put(
                            new TenantId(row.getObject("tenant_id", UUID.class)),
                            new Made(
                                    row.getLong("made"),
                                    row.getLong("open"),
                                    row.getLong("investigated"),
                                    row.getLong("suppressed")));
                });
        return made;
    }
}
