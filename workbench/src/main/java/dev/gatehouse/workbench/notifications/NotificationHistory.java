package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What was done to integrations and rules. It stays when they are removed. */
@Component
class NotificationHistory {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;

    NotificationHistory(JdbcClient database) {
        this.database = database;
    }

    /** What something was done to. */
    enum Subject {
        INTEGRATION,
        RULE
    }

    /**
     * What was done to one.
     *
     * @param id of the integration or the rule
     * @param organization whose it is; empty for the provider's
     */
    record Line(Subject subject, UUID id, Optional<UUID> organization, HistoryEntry entry) {}

    private static final String REMEMBER = """
            insert into notification_history (subject, subject_id, organization_id, at, action, actor_kind, actor_id, actor_name,
                                              revision, value)
            select r.subject, r.subject_id, r.organization_id, r.at, r.action, r.actor_kind, r.actor_id, r.actor_name, r.revision, r.value
            from jsonb_to_recordset(:lines::jsonb) as r (subject text, subject_id uuid, organization_id uuid, at timestamptz,
                 action text, actor_kind text, actor_id uuid, actor_name text, revision integer, value jsonb)
            """;

    /** In the transaction that does it. */
    void remember(List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        var rows = JSON.createArrayNode();
        for (var line : lines) {
            var entry = line.entry();
            rows.addObject()
                    .put("subject", line.subject().name())
                    .put("subject_id", line.id().toString())
                    .put(
                            "organization_id",
                            line.organization().map(UUID::toString).orElse(null))
                    .put("at", entry.at().toString())
                    .put("action", entry.action().name())
                    .put("actor_kind", entry.actor().kind().key())
                    .put("actor_id", entry.actor().id().map(UUID::toString).orElse(null))
                    .put("actor_name", Columns.text(entry.actor().name()))
                    .put("revision", entry.revision())
                    .set("value", JSON.readTree(entry.value()));
        }
        database.sql(REMEMBER).param("lines", JSON.writeValueAsString(rows)).update();
    }

    private static final String HISTORY = """
            select h.* from notification_history h where h.subject_id = :id and {scope} order by h.id desc limit 200
            """;

    /** What was done to one, the last first; at most 200 entries. */
    List<HistoryEntry> of(Scope scope, UUID id) {
        return scope.organizations(database, HISTORY, "h.organization_id")
                .param("id", id)
                .query((row, number) -> HistoryEntry.of(row))
                .list();
    }
}
