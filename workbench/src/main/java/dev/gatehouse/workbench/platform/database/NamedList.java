package dev.gatehouse.workbench.platform.database;

import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists of things that people know by name, and look for by a part of it. */
public final class NamedList {

    private NamedList() {}

    /**
     * Reads a part, and counts all.
     *
     * @param within makes a statement that is held to a scope
     * @param rows a statement with {@code :pattern}, {@code :limit} and {@code :offset}
     * @param count a statement with {@code :pattern} that counts the same
     * @param text that they have; empty for all
     * @param offset how many to skip
     */
    public static <T> Slice<T> part(
            Function<String, JdbcClient.StatementSpec> within,
            String rows,
            String count,
            String text,
            int offset,
            int limit,
            RowMapper<T> row) {
        var pattern = Columns.containing(text);
        var part = within.apply(rows)
                .param("pattern", pattern)
                .param("limit", limit)
                .param("offset", offset)
                .query(row)
                .list();
        var total =
                within.apply(count).param("pattern", pattern).query(Long.class).single();
        return new Slice<>(part, offset, total);
    }
}
