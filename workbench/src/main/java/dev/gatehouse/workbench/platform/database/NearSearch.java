package dev.gatehouse.workbench.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the rows of a list that have a text in them without reading the texts of all. What is common is found among the first few
 * thousand of the list; only when it is not, the indexes of all texts are asked, which is quick for what is rare.
 *
 * @param lookedAt among as many the text is looked for first
 * @param offset how many that have it are skipped
 * @param limit how many to give at most
 */
public record NearSearch(int lookedAt, int offset, int limit) {

    /**
     * What a statement ends with that has called {@code near} the first {@code :looked} rows of the list, and {@code found} those of
     * them that have the text, with their keys and their {@code place}, counted from 1.
     */
    public static final String ENDING = """
            select counted.near, found.* from (select count(*) as near from near) counted
            left join found on found.place > :offset and found.place <= :offset + :limit
            order by found.place
            """;

    /**
     * Looks near, and then everywhere if need be.
     *
     * @param near the statement, without {@code looked}, {@code offset} and {@code limit}
     * @param key reads what a row is known by
     * @param everywhere asks the indexes of all texts for the same part of the list
     */
    public <K> List<K> find(JdbcClient.StatementSpec near, RowMapper<K> key, Supplier<List<K>> everywhere) {
        var count = new long[1];
        var found = new ArrayList<K>();
        near.param("looked", lookedAt)
                .param("offset", offset)
                .param("limit", limit)
                .query(row -> {
                    count[0] = row.getLong("near");
                    // A row that says how many were near, and has found none.
                    if (row.getObject("place") != null) {
                        found.add(key.mapRow(row, row.getRow()));
                    }
                });
        var isAll = count[0] < lookedAt;
        return found.size() >= limit || isAll ? found : everywhere.get();
    }
}
