package dev.gatehouse.kql;

import java.util.List;
import java.util.OptionalInt;

/** Rows under columns, not worked out before somebody feeds them into a sink. May be fed any number of times. */
record Relation(List<Table.Column> columns, Rows rows) {

    /** Keeps everything that looks at each column for each column within bounds. */
    private static final int MOST_COLUMNS = 1_000;

    Relation {
        columns = List.copyOf(columns);
        if (columns.size() > MOST_COLUMNS) {
            throw KqlException.semantic("A table can have at most " + MOST_COLUMNS + " columns in this simulator.");
        }
    }

    @FunctionalInterface
    interface Rows {
        /** Hands over row after row until there are no more or the sink has enough. Says whether the sink wants more. */
        boolean feed(Sink sink);
    }

    @FunctionalInterface
    interface Sink {
        /** Takes a row and says whether it wants more. */
        boolean take(Row row);
    }

    OptionalInt position(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    Relation with(Rows changed) {
        return new Relation(columns, changed);
    }
}
