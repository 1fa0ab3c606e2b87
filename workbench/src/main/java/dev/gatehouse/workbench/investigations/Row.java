package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A row to be written, its values by the names of their columns; what is left out keeps its default or stays as it is. */
final class Row {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode values = JsonNodeFactory.instance.objectNode();

    Row(UUID id) {
        set("id", id);
    }

    Row set(String column, @Nullable UUID value) {
        values.put(column, value == null ? null : value.toString());
        return this;
    }

    Row set(String column, @Nullable String value) {
        values.put(column, value == null ? null : Columns.text(value));
        return this;
    }

    Row set(String column, @Nullable Instant value) {
        values.put(column, value == null ? null : Columns.timestamp(value).toString());
        return this;
    }

    Row set(String column, @Nullable Integer value) {
        values.put(column, value);
        return this;
    }

    Row set(String column, @Nullable Boolean value) {
        values.put(column, value);
        return this;
    }

    Row set(String column, @Nullable JsonNode value) {
        values.set(column, value);
        return this;
    }

    /** Whose it is, in the three columns for that. */
    Row assignee(Optional<Actor> assignee) {
        return set("assignee_kind", assignee.map(who -> who.kind().key()).orElse(null))
                .set("assignee_id", assignee.flatMap(Actor::id).orElse(null))
                .set("assignee_name", assignee.map(Actor::name).orElse(null));
    }

    static Optional<Actor> assignee(ResultSet row) throws SQLException {
        var kind = row.getString("assignee_kind");
        return kind == null
                ? Optional.empty()
                : Optional.of(new Actor(
                        Actor.Kind.of(kind),
                        Optional.ofNullable(row.getObject("assignee_id", UUID.class)),
                        row.getString("assignee_name")));
    }

    private static final String INSERT = """
            insert into {table} ({columns})
            select {columns} from jsonb_populate_recordset(null::{table}, :rows::jsonb)
            """;

    /** Writes new rows, all with the same columns, in one statement. */
    static void insert(JdbcClient database, String table, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var all = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> all.add(row.values));
        database.sql(rows.getFirst().filled(INSERT, table))
                .param("rows", JSON.writeValueAsString(all))
                .update();
    }

    private static final String UPDATE = """
            update {table} set ({columns}) = (select {columns} from jsonb_populate_record(null::{table}, :row::jsonb))
            where id = (:row::jsonb ->> 'id')::uuid
            """;

    /** Writes over the row that has this id. */
    void update(JdbcClient database, String table) {
        database.sql(filled(UPDATE, table))
                .param("row", JSON.writeValueAsString(values))
                .update();
    }

    private String filled(String sql, String table) {
        var columns =
                values.properties().stream().map(property -> property.getKey()).collect(Collectors.joining(", "));
        return sql.replace("{table}", table).replace("{columns}", columns);
    }
}
