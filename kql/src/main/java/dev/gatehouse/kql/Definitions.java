package dev.gatehouse.kql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what the scalar functions are called, what they take and what they do. */
final class Definitions {

    /** What a parameter takes. A dynamic value fits everywhere. */
    enum Takes {
        ANYTHING,
        NUMBER,
        TIME,
        SPAN,
        DYNAMIC;

        static List<Takes> two() {
            return List.of(ANYTHING, ANYTHING);
        }

        static List<Takes> three() {
            return List.of(ANYTHING, ANYTHING, ANYTHING);
        }

        boolean fits(Table.Type type) {
            return type == Table.Type.DYNAMIC
                    || switch (this) {
                        case ANYTHING -> true;
                        case NUMBER -> Values.isNumber(type);
                        case TIME -> type == Table.Type.DATETIME;
                        case SPAN -> type == Table.Type.TIMESPAN;
                        case DYNAMIC -> type == Table.Type.STRING;
                    };
        }
    }

    /** Works a function out for one row. */
    interface Body {
        @Nullable
        Object of(Call call, Row row);
    }

    /**
     * @param least how many arguments there must be
     * @param repeating whether the last parameter may come again and again
     * @param type of the result, which may depend on the arguments
     */
    record Definition(
            List<Takes> parameters, int least, boolean repeating, Function<Call, Table.Type> type, Body body) {

        int most() {
            return repeating ? 64 : parameters.size();
        }
    }

    private final Map<String, Definition> known = new TreeMap<>();

    Map<String, Definition> all() {
        return known;
    }

    void define(String name, Table.Type type, List<Takes> parameters, int least, Body body) {
        define(name, _ -> type, parameters, least, false, body);
    }

    void defineRepeating(String name, Table.Type type, List<Takes> parameters, int least, Body body) {
        define(name, _ -> type, parameters, least, true, body);
    }

    void define(
            String name,
            Function<Call, Table.Type> type,
            List<Takes> parameters,
            int least,
            boolean repeating,
            Body body) {
        known.put(name, new Definition(parameters, least, repeating, type, body));
    }

    void alias(String name, String known) {
        @Nullable Definition definition = this.known.get(known);
        if (definition == null) {
            throw new IllegalArgumentException("No function is called " + known);
        }
        this.known.put(name, definition);
    }
}
