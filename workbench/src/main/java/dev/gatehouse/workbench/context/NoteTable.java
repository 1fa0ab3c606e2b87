package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.context.ContextLabel.Trace;
import dev.gatehouse.workbench.context.ContextLabel.Whose;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes. */
@Component
class NoteTable {

    private final JdbcClient database;

    NoteTable(JdbcClient database) {
        this.database = database;
    }

    private static final String SELECT = """
            select n.*, o.name as organization_name from note n join organization o on o.id = n.organization_id
            """;

    private static final String CONTAINING =
            "where {scope} and (:text = '' or n.term ilike :pattern or n.note ilike :pattern) ";

    Slice<Note> list(Scope scope, String text, int offset, int limit) {
        var rows = scope.organizations(
                        database,
                        SELECT + CONTAINING + "order by n.key, n.created_at, n.id limit :limit offset :offset",
                        "n.organization_id")
                .param("text", text)
                .param("pattern", Columns.containing(text))
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> note(row))
                .list();
        var total = scope.organizations(database, "select count(*) from note n " + CONTAINING, "n.organization_id")
                .param("text", text)
                .param("pattern", Columns.containing(text))
                .query(Long.class)
                .single();
        return new Slice<>(rows, offset, total);
    }

    Optional<Note> find(Scope scope, UUID id) {
        return scope.organizations(database, SELECT + "where n.id = :id and {scope}", "n.organization_id")
                .param("id", id)
                .query((row, number) -> note(row))
                .optional();
    }

    private static final String ABOUT = SELECT + """
            where n.organization_id = :organization and n.key = any (:terms) and (n.ends_at is null or n.ends_at > :now) and {scope}
            order by n.key, n.created_at, n.id limit :limit
            """;

    List<Note> about(Scope scope, UUID organization, Collection<String> terms, Instant now, int limit) {
        return scope.organizations(database, ABOUT, "n.organization_id")
                .param("organization", organization)
                .param("terms", terms.stream().map(Columns::text).toArray(String[]::new))
                .param("now", Columns.timestamp(now))
                .param("limit", limit)
                .query((row, number) -> note(row))
                .list();
    }

    private static Note note(ResultSet row) throws SQLException {
        return new Note(
                row.getObject("id", UUID.class),
                new Whose(row.getObject("organization_id", UUID.class), row.getString("organization_name")),
                new NoteTerms(row.getString("term"), row.getString("note"), Columns.optionalInstant(row, "ends_at")),
                row.getInt("revision"),
                new Trace(
                        Columns.instant(row, "created_at"),
                        row.getString("created_by"),
                        Columns.instant(row, "updated_at"),
                        row.getString("updated_by")));
    }

    /** Lets only one at a time change a note. In a transaction. */
    void lock(UUID id) {
        database.sql("select from note where id = :id for update")
                .param("id", id)
                .query(row -> {});
    }

    private static final String INSERT = """
            insert into note (id, organization_id, term, key, note, ends_at, revision, created_at, created_by, created_by_id,
                              updated_at, updated_by, updated_by_id)
            values (:id, :organization, :term, :key, :note, :ends, 0, :now, :by, :byId, :now, :by, :byId)
            """;

    void insert(UUID id, UUID organization, NoteTerms terms, Actor actor, Instant now) {
        write(database.sql(INSERT).param("organization", organization), id, terms, actor, now);
    }

    private static final String UPDATE = """
            update note set term = :term, key = :key, note = :note, ends_at = :ends, revision = revision + 1, updated_at = :now,
                   updated_by = :by, updated_by_id = :byId
            where id = :id
            """;

    void update(UUID id, NoteTerms terms, Actor actor, Instant now) {
        write(database.sql(UPDATE), id, terms, actor, now);
    }

    private static void write(JdbcClient.StatementSpec statement, UUID id, NoteTerms terms, Actor actor, Instant now) {
        statement
                .param("id", id)
                .param("term", Columns.text(terms.term()))
                .param("key", Columns.text(terms.key()))
                .param("note", Columns.text(terms.note()))
                .param("ends", Columns.optionalTimestamp(terms.ends()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Columns.timestamp(now))
                .param("by", Columns.text(actor.name()))
                .param("byId", actor.id().orElse(null), Types.OTHER)
                .update();
    }

    void delete(UUID id) {
        database.sql("delete from note where id = :id").param("id", id).update();
    }
}
