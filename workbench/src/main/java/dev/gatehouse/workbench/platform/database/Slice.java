package dev.gatehouse.workbench.platform.database;

import java.util.List;

/**
 * A part of a list.
 *
 * @param rows the part
 * @param offset how many rows come before it
 * @param total how many rows there are in all
 */
public record Slice<T>(List<T> rows, int offset, long total) {

    public Slice {
        rows = List.copyOf(rows);
    }

    /** Whether rows come after it. */
    public boolean hasMore() {
        return offset + rows.size() < total;
    }
}
