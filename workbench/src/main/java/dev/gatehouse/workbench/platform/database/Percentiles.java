package dev.gatehouse.workbench.platform.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How values are spread: of so many of them, the one in the middle, and the one that nineteen of twenty do not exceed. Both are
 * values that occur (PostgreSQL's {@code percentile_disc}).
 *
 * @param number how many there are; at least one
 */
public record Percentiles(long number, long median, long p95) {

    /**
     * What to select of a column of whole numbers; nulls are not counted.
     *
     * @param column without a table's name before it, which the result's columns are called after
     */
    public static String of(String column) {
        return """
                count(%1$s) as %1$s_number, (percentile_disc(array[0.5, 0.95]) within group (order by %1$s)) as %1$s_spread
                """.formatted(column).strip();
    }

    /** What was selected of a column; empty when all of it was null. */
    public static Optional<Percentiles> read(ResultSet row, String column) throws SQLException {
        var number = row.getLong(column + "_number");
        if (number == 0) {
            return Optional.empty();
        }
        var spread = (Integer[]) row.getArray(column + "_spread").getArray();
        return Optional.of(new Percentiles(number, spread[0], spread[1]));
    }
}
