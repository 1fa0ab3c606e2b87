package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.context.Entry.Whose;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.NamedList;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where labels or notes lie. In its statements they are {@code e}, and their organization {@code o}. */
abstract class EntryTable<E extends Entry<T>, T extends Entry.Terms> {

    private static final String OF = "e.organization_id";

    private final JdbcClient database;
    private final Statements statements;

    /**
     * What differs from one table to the other.
     *
     * @param table its name
     * @param select all of them, with their organizations
     * @param named that one has a text in it, which is like {@code :pattern}
     * @param order of lists
     * @param insert one, with the parameters of {@link #write}
     * @param update one, likewise
     */
    record Statements(String table, String select, String named, String order, String insert, String update) {}

    EntryTable(JdbcClient database, Statements statements) {
        this.database = database;
        this.statements = statements;
    }

    final JdbcClient database() {
        return database;
    }

    abstract E entry(ResultSet row) throws SQLException;

    /** The statement with all that it says but its end. */
    abstract JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, T terms);

    final Slice<E> list(Scope scope, String text, int offset, int limit) {
        var those = " where {scope} and (%s)".formatted(statements.named());
        return NamedList.part(
                sql -> scope.organizations(database, sql, OF),
                statements.select() + those + " order by %s limit :limit offset :offset".formatted(statements.order()),
                "select count(*) from %s e%s".formatted(statements.table(), those),
                text,
                offset,
                limit,
                (row, number) -> entry(row));
    }

    final Optional<E> find(Scope scope, UUID id) {
        return scope.organizations(database, statements.select() + " where e.id = :id and {scope}", OF)
                .param("id", id)
                .query((row, number) -> entry(row))
                .optional();
    }

    static Whose whose(ResultSet row) throws SQLException {
        return new Whose(row.getObject("organization_id", UUID.class), row.getString("organization_name"));
    }

    void insert(UUID id, UUID organization, T terms, Actor actor, Instant now) {
        write(statements.insert(), id, organization, terms, actor, now);
    }

    void update(UUID id, UUID organization, T terms, Actor actor, Instant now) {
        write(statements.update(), id, organization, terms, actor, now);
    }

    private void write(String sql, UUID id, UUID organization, T terms, Actor actor, Instant now) {
        with(database.sql(sql), terms)
                .param("id", id)
                .param("organization", organization)
                .param("ends", Columns.optionalTimestamp(terms.ends()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Columns.timestamp(now))
                .param("by", Columns.text(actor.name()))
                .param("byId", actor.id().orElse(null), Types.OTHER)
                .update();
    }

    /** With all that belongs to it. */
    final void delete(UUID id) {
        database.sql("delete from %s where id = :id".formatted(statements.table()))
                .param("id", id)
                .update();
    }
}
