package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Alerts as they were when they were made: with the severity and the vendor alert of that moment. What would have become of them
 * under other conditions is told by that, and not by what they are now. Read in portions, the newest first, so that a million
 * of them need no more memory than a hundred.
 */
@Component
public class MadeAlerts {

    private final JdbcClient database;
    private final VendorAlerts vendorAlerts;

    MadeAlerts(JdbcClient database, VendorAlerts vendorAlerts) {
        this.database = database;
        this.vendorAlerts = vendorAlerts;
    }

    /**
     * An alert as it was when it was made, and what has become of it.
     *
     * @param tenant its directory
     * @param created when it was made, by our clock
     * @param ruleId of the rule that made it
     * @param severity that it had then
     * @param vendorAlert that it was made from, as it was then; empty when that cannot be read any more
     * @param outcome what has become of it since
     */
    public record Made(
            UUID id,
            TenantId tenant,
            Instant created,
            String ruleId,
            AlertSeverity severity,
            Optional<VendorAlert> vendorAlert,
            Outcome outcome) {}

    /**
     * What has become of an alert.
     *
     * @param closeReason why it was closed; empty while it is not
     * @param investigation that it is in
     */
    public record Outcome(Optional<CloseReason> closeReason, Optional<UUID> investigation) {}

    /**
     * A place between two alerts.
     *
     * @param created when the last one was made
     * @param id of the last one
     */
    public record Place(Instant created, UUID id) {

        /** Before the newest one of those that were made by a moment. */
        public static Place at(Instant moment) {
            return new Place(moment, new UUID(-1, -1));
        }
    }

    private static final String PORTION = """
            select a.id, a.tenant_id, a.created_at, a.rule_id, a.close_reason, a.investigation_id,
                   coalesce((select h.value #>> '{changes,0,from}' from alert_history h
                             where h.alert_id = a.id and h.action = 'SEVERITY_CHANGED' order by h.id limit 1),
                            a.severity) as severity,
                   (select m.vendor_alert_id from alert_vendor_alert m
                    where m.alert_id = a.id order by m.joined_at, m.vendor_alert_id limit 1) as vendor_alert_id
            from (select * from alert
                  where created_at >= :from and (created_at, id) < (:created, :id) and {scope} {more}
                  order by created_at desc, id desc limit :limit) a
            order by a.created_at desc, a.id desc
            """;

    /**
     * The next alerts, the newest first.
     *
     * @param rule made by that one only; empty for any
     * @param from made then or later
     * @param place behind which to go on
     */
    public List<Made> next(Scope scope, Optional<String> rule, Instant from, Place place, int limit) {
        var sql = PORTION.replace("{more}", rule.isPresent() ? "and rule_id = :rule" : "");
        var rows = scope.tenants(database, sql, "tenant_id")
                .param("rule", rule.orElse(""))
                .param("from", Columns.timestamp(from))
                .param("created", Columns.timestamp(place.created()))
                .param("id", place.id())
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
        var wanted = new LinkedHashMap<UUID, VendorAlerts.AsOf>();
        rows.forEach(row -> row.vendorAlertId()
                .ifPresent(id -> wanted.put(row.id(), new VendorAlerts.AsOf(row.tenant(), id, row.created()))));
        var contents = vendorAlerts.asOf(scope, List.copyOf(wanted.values()));
        return rows.stream()
                .map(row -> new Made(
                        row.id(),
                        row.tenant(),
                        row.created(),
                        row.ruleId(),
                        row.severity(),
                        Optional.ofNullable(wanted.get(row.id())).map(contents::get),
                        row.outcome()))
                .toList();
    }

    private record Row(
            UUID id,
            TenantId tenant,
            Instant created,
            String ruleId,
            AlertSeverity severity,
            Optional<String> vendorAlertId,
            Outcome outcome) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Columns.instant(row, "created_at"),
                row.getString("rule_id"),
                AlertSeverity.valueOf(row.getString("severity")),
                Optional.ofNullable(row.getString("vendor_alert_id")),
                new Outcome(
                        Optional.ofNullable(row.getString("close_reason")).map(CloseReason::valueOf),
                        Optional.ofNullable(row.getObject("investigation_id", UUID.class))));
    }
}
