package dev.gatehouse.kql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows under named, typed columns.
 *
 * @param name as a query calls it
 * @param columns in the order in which results show them
 * @param rows each by column name; an absent column is null. Values are {@code String}, {@code Long}, {@code Double},
 *     {@code Boolean}, {@code java.time.Instant}, {@code java.time.Duration}, or a Jackson {@code JsonNode} for dynamic
 */
public record Table(String name, List<Column> columns, List<Map<String, @Nullable Object>> rows) {

    /** A column and its type. */
    public record Column(String name, Type type) {}

    /** The types that queries know, with the names that answers give them. */
    public enum Type {
        STRING("String"),
        DATETIME("DateTime"),
        TIMESPAN("TimeSpan"),
        INT("Int32"),
        LONG("Int64"),
        REAL("Double"),
        BOOL("SByte"),
        DYNAMIC("Object");

        private final String graphName;

        Type(String graphName) {
            this.graphName = graphName;
        }

        /** The name in {@code schema[].type} of an answer of {@code runHuntingQuery}. */
        public String graphName() {
            return graphName;
        }
    }
}
