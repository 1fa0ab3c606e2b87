package dev.gatehouse.kql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way through a query. Operators lay views over rows instead of copying them; a cell is looked up only when
 * somebody asks for it.
 */
sealed interface Row {

    @Nullable
    Object at(int column);

    /** How much memory this row itself holds, in bytes, roughly; what it only looks at does not count. */
    default long weight() {
        return 24;
    }

    /** A row as the tenant's table has it. */
    record Stored(Map<String, @Nullable Object> cells, List<Table.Column> columns) implements Row {
        @Override
        public @Nullable Object at(int column) {
            Table.Column wanted = columns.get(column);
            return Values.fit(cells.get(wanted.name()), wanted.type());
        }
    }

    /** Values that a query worked out. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out
    record Cells(@Nullable Object[] values) implements Row {

        /** The row of expressions that need none. */
        static final Row NONE = new Cells(new @Nullable Object[0]);

        @Override
        public @Nullable Object at(int column) {
            return values[column];
        }

        @Override
        public long weight() {
            long weight = 24;
            for (@Nullable Object value : values) {
                weight += 8 + Values.weight(value);
            }
            return weight;
        }
    }

    /**
     * A choice of another row's cells.
     *
     * @param picks the column of the base for each column here; -1 for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and shared by all rows of an operator
    record Picked(Row base, int[] picks) implements Row {
        @Override
        public @Nullable Object at(int column) {
            int pick = picks[column];
            return pick < 0 ? null : base.at(pick);
        }

        @Override
        public long weight() {
            return 24 + base.weight();
        }
    }

    /** One row beside another; the right one may be missing. */
    record Joined(Row left, int width, @Nullable Row right) implements Row {
        @Override
        public @Nullable Object at(int column) {
            if (column < width) {
                return left.at(column);
            }
            return right == null ? null : right.at(column - width);
        }

        @Override
        public long weight() {
            return 24 + left.weight() + (right == null ? 0 : right.weight());
        }
    }
}
