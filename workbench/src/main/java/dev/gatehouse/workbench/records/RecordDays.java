package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many records came for the first time on which days (UTC, by our clock), from counters that are kept as they come. */
@Component
public class RecordDays {

    private final JdbcClient database;

    RecordDays(JdbcClient database) {
        this.database = database;
    }

    /**
     * What came in a range of days.
     *
     * @param rawEvents everything: vendor alerts, vendor incidents, hunting rows, and vendor alerts of other products, which are
     *     only counted
     * @param vendorAlerts how many of them are vendor alerts that are kept
     */
    public record Came(long rawEvents, long vendorAlerts) {

        /** Nothing. */
        public static final Came NOTHING = new Came(0, 0);
    }

    private static final String SUMS = """
            coalesce(sum(records), 0) as raw_events, coalesce(sum(records) filter (where feed = :alerts), 0) as vendor_alerts
            """;

    private static final String OF_ALL =
            "select " + SUMS + " from record_day_total where day between :from and :to and {scope}";

    private static final String OF_SCOPE =
            "select " + SUMS + " from record_day where day between :from and :to and {scope}";

    /**
     * All that may be seen.
     *
     * @param from the first day
     * @param to the last day
     */
    public Came total(Scope scope, LocalDate from, LocalDate to) {
        return scope.tenants(database, scope instanceof Scope.Everything ? OF_ALL : OF_SCOPE, "tenant_id")
                .param("from", from)
                .param("to", to)
                .param("alerts", Feed.ALERTS.key())
                .query((row, number) -> new Came(row.getLong("raw_events"), row.getLong("vendor_alerts")))
                .single();
    }

    private static final String DAYS = """
            select day, sum(records) as records from {days}
            where day between :from and :to and feed = :alerts and {scope} group by day having sum(records) <> 0 order by day
            """;

    /** How many vendor alerts came on each day; only of days on which any came. */
    public Map<LocalDate, Long> vendorAlerts(Scope scope, LocalDate from, LocalDate to) {
        var days = new LinkedHashMap<LocalDate, Long>();
        var table = scope instanceof Scope.Everything ? "record_day_total" : "record_day";
        scope.tenants(database, DAYS.replace("{days}", table), "tenant_id")
                .param("from", from)
                .param("to", to)
                .param("alerts", Feed.ALERTS.key())
                .query(row -> {
                    days.put(row.getObject("day", LocalDate.class), row.getLong("records"));
                });
        return days;
    }

    private static final String OF_TENANTS = "select tenant_id, " + SUMS + """
            from record_day where tenant_id = any (:tenants) and day between :from and :to and {scope} group by tenant_id
            """;

    /** Of some directories; those of which nothing came are left out. */
    public Map<TenantId, Came> of(Scope scope, Collection<TenantId> tenants, LocalDate from, LocalDate to) {
        var came = new HashMap<TenantId, Came>();
        scope.tenants(database, OF_TENANTS, "tenant_id")
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .param("from", from)
                .param("to", to)
                .param("alerts", Feed.ALERTS.key())
                .query(row -> {
                    came.put(
                            new TenantId(row.getObject("tenant_id", UUID.class)),
                            new Came(row.getLong("raw_events"), row.getLong("vendor_alerts")));
                });
        return came;
    }
}
