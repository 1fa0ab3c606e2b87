package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.investigations.InvestigationHistoryPart.Where;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** What happened to investigations and to what is in them, written in the transaction that does it. */
@Component
public class InvestigationHistory {

    /** As many lines as a page shows. */
    public static final int SHOWN = 500;

    private final JdbcClient database;
    private final ObjectProvider<InvestigationHistoryPart> parts;

    InvestigationHistory(JdbcClient database, ObjectProvider<InvestigationHistoryPart> parts) {
        this.database = database;
        this.parts = parts;
    }

    /**
     * Where something happened: in an investigation, or at an alert that may be in none.
     *
     * @param organization of the investigation; null at an alert
     * @param investigation null at an alert
     * @param tenant of the alert; null in an investigation
     * @param alert null in an investigation
     * @param isIncident whether the investigation is an incident
     */
    record Place(
            @Nullable UUID organization,
            @Nullable UUID investigation,
            @Nullable UUID tenant,
            @Nullable UUID alert,
            boolean isIncident) {

        static Place in(UUID organization, UUID investigation, boolean isIncident) {
            return new Place(organization, investigation, null, null, isIncident);
        }

        static Place at(TenantId tenant, UUID alert) {
            return new Place(null, null, tenant.value(), alert, false);
        }

        Where where() {
            return new Where(
                    Optional.ofNullable(organization),
                    Optional.ofNullable(investigation),
                    Optional.ofNullable(tenant).map(TenantId::new),
                    Optional.ofNullable(alert),
                    isIncident);
        }
    }

    private static final String INSERT = """
            insert into investigation_history (organization_id, investigation_id, tenant_id, alert_id, subject, subject_id, at,
                                               action, is_incident, actor_kind, actor_id, actor_name, revision, value)
            select :organization, :investigation, :tenant, :alert, r.subject, r.subject_id, r.at, r.action, :incident,
                   r.actor_kind, r.actor_id, r.actor_name, r.revision, r.value
            from jsonb_to_recordset(:rows::jsonb) as r (subject text, subject_id uuid, at timestamptz, action text,
                 actor_kind text, actor_id uuid, actor_name text, revision integer, value jsonb)
            """;

    /** Writes down what happened, a part of the transaction that does it. */
    void add(Place place, List<InvestigationEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var event : events) {
            var row = rows.addObject()
                    .put("subject", event.subject().name())
                    .put("subject_id", event.subjectId().toString())
                    .put("at", Columns.timestamp(event.at()).toString())
                    .put("action", event.action().name())
                    .put("actor_kind", event.actor().kind().key())
                    .put("actor_id", event.actor().id().map(UUID::toString).orElse(null))
                    .put("actor_name", Columns.text(event.actor().name()))
                    .put("revision", event.revision());
            var value = row.putObject("value");
            event.facts().forEach((fact, text) -> value.put(fact, Columns.text(text)));
            if (!event.changes().isEmpty()) {
                var changes = value.putArray("changes");
                event.changes().forEach(change -> changes.addObject()
                        .put("what", change.what())
                        .put("from", Columns.text(change.from()))
                        .put("to", Columns.text(change.to())));
            }
        }
        database.sql(INSERT)
                .param("organization", place.organization())
                .param("investigation", place.investigation())
                .param("tenant", place.tenant())
                .param("alert", place.alert())
                .param("incident", place.isIncident())
                .param("rows", Row.JSON.writeValueAsString(rows))
                .update();
        parts.forEach(part -> part.happened(place.where(), events));
    }

    private static final String OF_INVESTIGATION = """
            select h.* from investigation_history h
            where h.investigation_id = :id and {scope}
            order by h.id desc limit :limit
            """;

    /** What happened to an investigation and to what is in it, newest first. */
    public List<InvestigationEvent> of(Scope scope, UUID investigation, int limit) {
        return Within.organization(scope, database, OF_INVESTIGATION, "h.organization_id")
                .param("id", investigation)
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    private static final String AFTER = """
            select h.* from investigation_history h
            where h.investigation_id = :id and h.at > :at and {scope}
            order by h.id limit 100
            """;

    /** What happened to an investigation and to what is in it after a moment, oldest first. */
    public List<InvestigationEvent> after(Scope scope, UUID investigation, Instant moment) {
        return Within.organization(scope, database, AFTER, "h.organization_id")
                .param("id", investigation)
                .param("at", Columns.timestamp(moment))
                .query((row, number) -> event(row))
                .list();
    }

    private static final String SINCE = """
            select h.* from investigation_history h
            where h.subject_id = :id and h.revision > :revision and {scope}
            order by h.id limit 100
            """;

    /** What happened to one thing after a revision, oldest first. */
    List<InvestigationEvent> since(Scope scope, UUID subject, int revision) {
        return Within.either(scope, database, SINCE, "h.organization_id", "h.tenant_id")
                .param("id", subject)
                .param("revision", revision)
                .query((row, number) -> event(row))
                .list();
    }

    private static InvestigationEvent event(ResultSet row) throws SQLException {
        var value = Row.JSON.readTree(row.getString("value"));
        var facts = new LinkedHashMap<String, String>();
        value.properties().forEach(property -> {
            if (property.getValue().isString()) {
                facts.put(property.getKey(), property.getValue().asString());
            }
        });
        var changes = new ArrayList<InvestigationEvent.Change>();
        value.path("changes")
                .forEach(change -> changes.add(new InvestigationEvent.Change(
                        change.path("what").asString(),
                        change.path("from").asString(),
                        change.path("to").asString())));
        return new InvestigationEvent(
                Columns.instant(row, "at"),
                Subject.valueOf(row.getString("subject")),
                row.getObject("subject_id", UUID.class),
                HistoryAction.valueOf(row.getString("action")),
                Actor.of(row),
                row.getInt("revision"),
                facts,
                changes);
    }
}
