package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done to labels and notes. It stays when they are removed. */
@Component
class ContextHistory {

    private final JdbcClient database;

    ContextHistory(JdbcClient database) {
        this.database = database;
    }

    /** What something was done to. */
    enum Subject {
        LABEL,
        NOTE
    }

    /** Lets only one at a time change an organization's labels and notes. In a transaction. */
    void lock(UUID organization) {
        database.sql(
                        "select from (select pg_advisory_xact_lock(hashtextextended('context ' || :organization, 0))) as locked")
                .param("organization", organization.toString())
                .query(row -> {});
    }

    private static final String REMEMBER = """
            insert into context_history (subject, subject_id, organization_id, at, action, actor_kind, actor_id, actor_name, revision,
                                         value)
            values (:subject, :id, :organization, :at, :action, :kind, :actor, :name, :revision, :value::jsonb)
            """;

    /** In the transaction that does it. */
    void remember(Subject subject, UUID id, UUID organization, HistoryEntry event) {
        database.sql(REMEMBER)
                .param("subject", subject.name())
                .param("id", id)
                .param("organization", organization)
                .param("at", Columns.timestamp(event.at()))
                .param("action", event.action().name())
                .param("kind", event.actor().kind().key())
                .param("actor", event.actor().id().orElse(null), Types.OTHER)
                .param("name", Columns.text(event.actor().name()))
                .param("revision", event.revision())
                .param("value", event.value())
                .update();
    }

    private static final String HISTORY = """
            select * from (select h.* from context_history h
                           where h.subject_id = :id and h.revision > :after and {scope} order by h.id desc limit 200) last
            order by id
            """;

    /** What was done to one after a revision, oldest first; the last 200 entries. */
    List<HistoryEntry> of(Scope scope, UUID id, int after) {
        return scope.organizations(database, HISTORY, "h.organization_id")
                .param("id", id)
                .param("after", after)
                .query((row, number) -> HistoryEntry.of(row))
                .list();
    }
}
