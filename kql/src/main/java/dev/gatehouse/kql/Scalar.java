package dev.gatehouse.kql;

import org.jspecify.annotations.Nullable;

/**
 * An expression whose names have been found and whose type is known.
 *
 * @param constant whether it gives the same value for every row
 */
record Scalar(Table.Type type, boolean constant, Formula formula) {

    @FunctionalInterface
    interface Formula {
        @Nullable
        Object of(Row row);
    }

    static Scalar constant(Table.Type type, @Nullable Object value) {
        return new Scalar(type, true, _ -> value);
    }

    /** The cell of a column. Texts are never null in Kusto; a missing one is empty. */
    static Scalar column(int position, Table.Type type) {
        if (type != Table.Type.STRING) {
            return new Scalar(type, false, row -> row.at(position));
        }
        return new Scalar(type, false, row -> {
            @Nullable Object value = row.at(position);
            return value == null ? "" : value;
        });
    }

    @Nullable
    Object of(Row row) {
        return formula.of(row);
    }

    /** Works a constant out once and for all. */
    Scalar folded() {
        return constant ? constant(type, formula.of(Row.Cells.NONE)) : this;
    }
}
