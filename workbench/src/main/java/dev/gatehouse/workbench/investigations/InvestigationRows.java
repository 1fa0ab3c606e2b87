package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.Investigation.Standing;
import dev.gatehouse.workbench.investigations.Investigation.Times;
import dev.gatehouse.workbench.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Optional;
import java.util.UUID;

/** How an investigation is read from the database. */
final class InvestigationRows {

    /** All of {@code investigation i}. */
    static final String SELECT = """
            select i.*, o.name as organization_name
            from investigation i
            join organization o on o.id = i.organization_id
            """;

    private InvestigationRows() {}

    static Investigation investigation(ResultSet row) throws SQLException {
        var fields = new EnumMap<InvestigationField, String>(InvestigationField.class);
        for (var field : InvestigationField.values()) {
            var value = row.getString(field.key());
            if (!value.isEmpty()) {
                fields.put(field, value);
            }
        }
        return new Investigation(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getString("organization_name"),
                row.getInt("number"),
                row.getString("short_link"),
                fields,
                Optional.ofNullable(row.getObject("lead_alert_id", UUID.class)),
                Optional.ofNullable(row.getString("decision")).map(Decision::valueOf),
                row.getString("close_comment"),
                new Standing(
                        row.getBoolean("is_incident"),
                        Columns.optionalInstant(row, "incident_changed_at"),
                        Optional.ofNullable(row.getString("incident_changed_by"))
                                .orElse(""),
                        row.getBoolean("is_downgrade"),
                        row.getString("downgrade_reason")),
                Row.assignee(row),
                new Times(
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "updated_at"),
                        Columns.instant(row, "status_changed_at"),
                        Columns.optionalInstant(row, "first_closed_at"),
                        Columns.optionalInstant(row, "closed_at"),
                        Columns.optionalInstant(row, "review_requested_at"),
                        Columns.optionalInstant(row, "support_requested_at"),
                        Columns.optionalInstant(row, "published_at")),
                row.getString("created_by"),
                row.getInt("alerts"),
                row.getInt("revision"));
    }

    static Row row(InvestigationState state) {
        var row = new Row(state.id);
        for (var field : InvestigationField.values()) {
            row.set(field.key(), state.fields.getOrDefault(field, ""));
        }
        return row.set("organization_id", state.organization)
                .set("number", state.number)
                .set("short_link", state.shortLink)
                .set("lead_alert_id", state.leadAlert.orElse(null))
                .set("decision", state.decision.map(Decision::name).orElse(null))
                .set("close_comment", state.closeComment)
                .set("is_incident", state.standing.isIncident())
                .set("incident_changed_at", state.standing.changed().orElse(null))
                .set("incident_changed_by", state.standing.changedBy())
                .set("is_downgrade", state.standing.isDowngrade())
                .set("downgrade_reason", state.standing.downgradeReason())
                .assignee(state.assignee)
                .set("severity_rank", Choices.rank(state.fields.getOrDefault(InvestigationField.ANALYST_SEVERITY, "")))
                .set("review_requested_at", state.reviewRequested.orElse(null))
                .set("support_requested_at", state.supportRequested.orElse(null))
                .set("published_at", state.published.orElse(null))
                .set("created_by", state.createdBy)
                .set("created_at", state.created)
                .set("updated_at", state.updated)
                .set("status_changed_at", state.statusChanged)
                .set("first_closed_at", state.firstClosed.orElse(null))
                .set("closed_at", state.closed.orElse(null))
                .set("alerts", state.alerts)
                .set("revision", state.revision)
                .set("search", state.search);
    }
}
