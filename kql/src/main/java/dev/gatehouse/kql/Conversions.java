package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Takes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Functions that turn a value into another type. */
final class Conversions {

    private Conversions() {}

    static void addTo(Definitions definitions) {
        defineConversion(definitions, "tostring", Table.Type.STRING);
        defineConversion(definitions, "toint", Table.Type.INT);
        defineConversion(definitions, "tolong", Table.Type.LONG);
        defineConversion(definitions, "todouble", Table.Type.REAL);
        defineConversion(definitions, "tobool", Table.Type.BOOL);
        defineConversion(definitions, "todatetime", Table.Type.DATETIME);
        defineConversion(definitions, "totimespan", Table.Type.TIMESPAN);
        definitions.define("toguid", Table.Type.STRING, List.of(Takes.ANYTHING), 1, (call, row) -> call.text(0, row));
        definitions.define(
                "parse_json",
                Table.Type.DYNAMIC,
                List.of(Takes.ANYTHING),
                1,
                (call, row) -> call.type(0) == Table.Type.STRING || call.type(0) == Table.Type.DYNAMIC
                        ? call.json(0, row)
                        : Values.json(call.value(0, row)));
        definitions.define("gettype", Table.Type.STRING, List.of(Takes.ANYTHING), 1, (call, row) -> typeOf(call, row));
        definitions.alias("toreal", "todouble");
        definitions.alias("todecimal", "todouble");
        definitions.alias("toboolean", "tobool");
        definitions.alias("todynamic", "parse_json");
    }

    private static void defineConversion(Definitions definitions, String names, Table.Type type) {
        definitions.define(names, type, List.of(Takes.ANYTHING), 1, (call, row) -> {
            @Nullable Object value = call.value(0, row);
            if (value instanceof JsonNode node && node.isContainer()) {
                call.budget().spend(node.size());
            }
            return Values.convert(value, type);
        });
    }

    private static String typeOf(Call call, Row row) {
        if (call.type(0) != Table.Type.DYNAMIC) {
            return Values.name(call.type(0));
        }
        return switch (Values.plain(call.value(0, row))) {
            case null -> "null";
            case String _ -> "string";
            case Long _ -> "long";
            case Double _ -> "double";
            case Boolean _ -> "bool";
            case JsonNode node when node.isArray() -> "array";
            default -> "dictionary";
        };
    }
}
