package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** How an alert is read from the database: one piece of SQL and what makes sense of its rows. */
final class AlertRows {

    private static final String INVOLVED = """
            array(select e.name from alert_vendor_alert m
                  join vendor_alert_entity e on e.tenant_id = m.tenant_id and e.alert_id = m.vendor_alert_id
                  where m.alert_id = a.id and e.kind not in ('sid', 'hash')
                  group by e.name, e.kind
                  order by array_position(array['account', 'host', 'ip_address', 'group'], e.kind), e.kind, e.name limit 6)
            """;

    private static final String OF = """
            select a.*, coalesce(o.name, '') as organization_name,
                   coalesce(d.name, '') as device_name, %s
            from alert a
            left join organization o on o.id = a.organization_id
            left join lateral (select s.name from security_device s where s.directory_id = a.tenant_id
                               order by s.deleted_at desc nulls first, s.created_at, s.id limit 1) d on true
            """;

    /** All that a list shows of {@code alert a}, but its place in the list. */
    static final String SELECT = OF.formatted(INVOLVED + " as involved");

    /** All that is needed of {@code alert a} to change it, without who is involved. */
    static final String TO_CHANGE = OF.formatted("'{}'::text[] as involved");

    private AlertRows() {}

    static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                row.getObject("id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Optional.ofNullable(row.getObject("organization_id", UUID.class)),
                row.getString("organization_name"),
                row.getString("device_name"),
                row.getString("rule_id"),
                row.getInt("rule_version"),
                row.getString("name"),
                AlertSeverity.valueOf(row.getString("severity")),
                row.getString("severity_reason"),
                AlertStatus.valueOf(row.getString("status")),
                Optional.ofNullable(row.getString("close_reason")).map(CloseReason::valueOf),
                Optional.ofNullable(row.getString("close_comment")).orElse(""),
                assignee(row),
                Optional.ofNullable(row.getObject("investigation_id", UUID.class)),
                Optional.ofNullable(row.getObject("suppression_id", UUID.class)),
                Columns.texts(row, "tactics"),
                Columns.texts(row, "techniques"),
                Columns.instant(row, "first_activity"),
                Columns.instant(row, "last_activity"),
                row.getInt("vendor_alerts"),
                row.getInt("vendor_resolved"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.instant(row, "status_changed_at"),
                new Alert.Times(
                        Columns.optionalInstant(row, "first_assigned_at"),
                        Columns.optionalInstant(row, "first_worked_at"),
                        Columns.optionalInstant(row, "first_closed_at"),
                        Columns.optionalInstant(row, "closed_at")),
                row.getInt("revision"),
                Columns.texts(row, "involved"));
    }

    private static Optional<Actor> assignee(ResultSet row) throws SQLException {
        var kind = row.getString("assignee_kind");
        return kind == null
                ? Optional.empty()
                : Optional.of(new Actor(
                        Actor.Kind.of(kind),
                        Optional.ofNullable(row.getObject("assignee_id", UUID.class)),
                        row.getString("assignee_name")));
    }
}
