package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.Trace;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes. */
@Component
class NoteTable extends EntryTable<Note, NoteTerms> {

    private static final String SELECT = """
            select e.*, o.name as organization_name from note e join organization o on o.id = e.organization_id
            """;

    private static final String INSERT = """
            insert into note (id, organization_id, term, key, note, ends_at, revision, created_at, created_by, created_by_id,
                              updated_at, updated_by, updated_by_id)
            values (:id, :organization, :term, :key, :note, :ends, 0, :now, :by, :byId, :now, :by, :byId)
            """;

    private static final String UPDATE = """
            update note set term = :term, key = :key, note = :note, ends_at = :ends, revision = revision + 1, updated_at = :now,
                   updated_by = :by, updated_by_id = :byId
            where id = :id and organization_id = :organization
            """;

    NoteTable(JdbcClient database) {
        super(
                database,
                new Statements(
                        "note",
                        SELECT,
                        "e.term ilike :pattern or e.note ilike :pattern",
                        "e.key, e.created_at, e.id",
                        INSERT,
                        UPDATE));
    }

    private static final String ABOUT = SELECT + """
            where e.organization_id = :organization and e.key = any (:terms) and (e.ends_at is null or e.ends_at > :now) and {scope}
            order by e.key, e.created_at, e.id limit :limit
            """;

    List<Note> about(Scope scope, UUID organization, Collection<String> terms, Instant now, int limit) {
        return scope.organizations(database(), ABOUT, "e.organization_id")
                .param("organization", organization)
                .param("terms", terms.stream().map(Columns::text).toArray(String[]::new))
                .param("now", Columns.timestamp(now))
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    @Override
    Note entry(ResultSet row) throws SQLException {
        return new Note(
                row.getObject("id", UUID.class),
                whose(row),
                new NoteTerms(row.getString("term"), row.getString("note"), Columns.optionalInstant(row, "ends_at")),
                row.getInt("revision"),
                Trace.of(row));
    }

    @Override
    JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, NoteTerms terms) {
        return statement
                .param("term", Columns.text(terms.term()))
                .param("key", Columns.text(terms.key()))
                .param("note", Columns.text(terms.note()));
    }
}
