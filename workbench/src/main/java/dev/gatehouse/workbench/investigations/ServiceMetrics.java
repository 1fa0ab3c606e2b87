package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When what happened to each alert of a range of time, and to the investigation that it is in. */
@Component
public class ServiceMetrics {

    private static final int PORTION = 1_000;

    private final JdbcClient database;

    ServiceMetrics(JdbcClient database) {
        this.database = database;
    }

    /**
     * One alert.
     *
     * @param status e.g. {@code CLOSED}
     * @param severity e.g. {@code HIGH}
     * @param investigation that it is in
     * @param isIncident whether that is an incident now
     * @param deviceKinds keys of the kinds of device of its directory, e.g. {@code microsoft_defender_for_identity}
     * @param moments when what happened first
     */
    public record Row(
            UUID alert,
            String status,
            String severity,
            Optional<UUID> investigation,
            boolean isIncident,
            List<String> deviceKinds,
            Moments moments) {}

    /**
     * When what happened, by our clock.
     *
     * @param made when the alert was made
     * @param assigned first to a person
     * @param investigated first put into an investigation
     * @param promoted when its investigation was first promoted to an incident
     * @param investigativeAction the first step of the alert or its investigation
     * @param remediationAction the first thing to be remedied in its investigation
     * @param firstClosed for the first time
     * @param closed while it is closed
     * @param assignedToOrganization first to an organization
     */
    public record Moments(
            Instant made,
            Optional<Instant> assigned,
            Optional<Instant> investigated,
            Optional<Instant> promoted,
            Optional<Instant> investigativeAction,
            Optional<Instant> remediationAction,
            Optional<Instant> firstClosed,
            Optional<Instant> closed,
            Optional<Instant> assignedToOrganization) {}

    private static final String ROWS = """
            select a.*, i.is_incident, i.first_promoted_at, i.first_remediation_at,
                   least((select min(created_at) from investigative_action s where s.alert_id = a.id),
                         (select min(created_at) from investigative_action s where s.investigation_id = i.id)) as first_action_at,
                   array(select distinct d.kind from security_device d where d.directory_id = a.tenant_id order by d.kind) as kinds
            from (select * from alert a
                  where a.created_at >= :from and a.created_at < :to and (a.created_at, a.id) > (:after, :afterId) and {scope}
                  order by a.created_at, a.id limit :portion) a
            left join investigation i on i.id = a.investigation_id
            order by a.created_at, a.id
            """;

    /**
     * Gives each alert that was made in a range of time, the oldest first; no more than a portion of them is in memory at once.
     *
     * @param from made then or later, by our clock
     * @param to made before
     */
    public void each(Scope scope, Instant from, Instant to, Consumer<Row> taker) {
        var after = from.minusSeconds(1);
        var afterId = new UUID(0, 0);
        List<Row> rows;
        do {
            rows = scope.tenants(database, ROWS, "a.tenant_id")
                    .param("from", Columns.timestamp(from))
                    .param("to", Columns.timestamp(to))
                    .param("after", Columns.timestamp(after))
                    .param("afterId", afterId)
                    .param("portion", PORTION)
                    .query((row, number) -> row(row))
                    .list();
            rows.forEach(taker);
            if (!rows.isEmpty()) {
                after = rows.getLast().moments().made();
                afterId = rows.getLast().alert();
            }
        } while (rows.size() == PORTION);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getString("status"),
                row.getString("severity"),
                Optional.ofNullable(row.getObject("investigation_id", UUID.class)),
                row.getBoolean("is_incident"),
                Columns.texts(row, "kinds"),
                new Moments(
                        Columns.instant(row, "created_at"),
                        Columns.optionalInstant(row, "first_assigned_at"),
                        Columns.optionalInstant(row, "first_investigated_at"),
                        Columns.optionalInstant(row, "first_promoted_at"),
                        Columns.optionalInstant(row, "first_action_at"),
                        Columns.optionalInstant(row, "first_remediation_at"),
                        Columns.optionalInstant(row, "first_closed_at"),
                        Columns.optionalInstant(row, "closed_at"),
                        Columns.optionalInstant(row, "first_organization_at")));
    }
}
