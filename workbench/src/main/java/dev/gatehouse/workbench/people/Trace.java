package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Who wrote something, and when.
 *
 * @param created when
 * @param createdBy as the person was called then
 * @param updated when it last changed
 * @param updatedBy likewise
 */
public record Trace(Instant created, String createdBy, Instant updated, String updatedBy) {

    /** Of a row, in its columns {@code created_at}, {@code created_by}, {@code updated_at} and {@code updated_by}. */
    public static Trace of(ResultSet row) throws SQLException {
        return new Trace(
                Columns.instant(row, "created_at"),
                row.getString("created_by"),
                Columns.instant(row, "updated_at"),
                row.getString("updated_by"));
    }
}
