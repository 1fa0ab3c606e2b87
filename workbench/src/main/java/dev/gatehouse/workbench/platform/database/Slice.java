package dev.gatehouse.workbench.platform.database;

import java.util.List;

/**
 * A part of a list.
 *
 * @param rows the part
 * @param offset how many rows come before it
 * @param total how many rows there are in all, or how many there are at least
 * @param isWhole whether all were counted
 */
public record Slice<T>(List<T> rows, int offset, long total, boolean isWhole) {

    public Slice {
        rows = List.copyOf(rows);
    }

    /** A part of a list of which all rows were counted. */
    public Slice(List<T> rows, int offset, long total) {
        this(rows, offset, total, true);
    }

    /** Whether rows come after it. */
    public boolean hasMore() {
        return offset + rows.size() < total;
    }
}
