package dev.gatehouse.kql;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A function with its arguments. Arguments are worked out only when they are asked for. */
record Call(String name, List<Scalar> arguments, Table.Type result, Instant now, Budget budget, Patterns patterns) {

    private static final int LONGEST_ARRAY = 100_000;

    int count() {
        return arguments.size();
    }

    Table.Type type(int index) {
        return arguments.get(index).type();
    }

    @Nullable
    Object value(int index, Row row) {
        return arguments.get(index).of(row);
    }

    String text(int index, Row row) {
        String text = Values.text(value(index, row));
        budget.spendOnText(text.length());
        return text;
    }

    String made(String text) {
        budget.spendOnNewText(text.length());
        return text;
    }

    @Nullable
    Long whole(int index, Row row) {
        return (Long) Values.convert(value(index, row), Table.Type.LONG);
    }

    /** For an argument that may be left out, and in whose place null counts as left out. */
    long whole(int index, Row row, long otherwise) {
        @Nullable Long given = index < count() ? whole(index, row) : null;
        return given == null ? otherwise : given;
    }

    @Nullable
    Double real(int index, Row row) {
        return (Double) Values.convert(value(index, row), Table.Type.REAL);
    }

    @Nullable
    Instant time(int index, Row row) {
        return (Instant) Values.convert(value(index, row), Table.Type.DATETIME);
    }

    @Nullable
    Duration span(int index, Row row) {
        return (Duration) Values.convert(value(index, row), Table.Type.TIMESPAN);
    }

    /** A dynamic value; a text that holds JSON is read. */
    @Nullable
    JsonNode json(int index, Row row) {
        @Nullable Object value = value(index, row);
        if (value instanceof JsonNode node && !node.isString()) {
            return node;
        }
        return value == null ? null : Values.parseJson(text(index, row));
    }

    @Nullable
    JsonNode array(int index, Row row) {
        @Nullable JsonNode node = json(index, row);
        return node != null && node.isArray() ? node : null;
    }

    ArrayNode newArray(long size) {
        if (size > LONGEST_ARRAY) {
            throw KqlException.tooLarge();
        }
        budget.spend(size);
        return JsonNodeFactory.instance.arrayNode();
    }

    KqlException wrong(String what) {
        return KqlException.semantic(name + "(): " + what);
    }
}
