package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Takes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Functions for arrays and bags. */
final class DynamicFunctions {

    private DynamicFunctions() {}

    static void addTo(Definitions definitions) {
        definitions.define("array_length", Table.Type.LONG, List.of(Takes.DYNAMIC), 1, (call, row) -> {
            @Nullable JsonNode array = call.array(0, row);
            return array == null ? null : (Object) (long) array.size();
        });
        definitions.define("bag_keys", Table.Type.DYNAMIC, List.of(Takes.DYNAMIC), 1, (call, row) -> {
            @Nullable JsonNode bag = call.json(0, row);
            if (bag == null || !bag.isObject()) {
                return null;
            }
            ArrayNode keys = call.newArray(bag.size());
            bag.propertyNames().forEach(keys::add);
            return keys;
        });
        definitions.define("bag_has_key", Table.Type.BOOL, List.of(Takes.DYNAMIC, Takes.ANYTHING), 2, (call, row) -> {
            @Nullable JsonNode bag = call.json(0, row);
            return bag == null ? null : (Object) bag.has(call.text(1, row));
        });
        definitions.defineRepeating("pack", Table.Type.DYNAMIC, List.of(Takes.ANYTHING), 2, (call, row) -> {
            var bag = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i + 1 < call.count(); i += 2) {
                bag.set(call.text(i, row), copied(call, call.value(i + 1, row)));
            }
            return bag;
        });
        definitions.defineRepeating("pack_array", Table.Type.DYNAMIC, List.of(Takes.ANYTHING), 1, (call, row) -> {
            ArrayNode array = call.newArray(call.count());
            for (int i = 0; i < call.count(); i++) {
                array.add(copied(call, call.value(i, row)));
            }
            return array;
        });
        definitions.defineRepeating("array_concat", Table.Type.DYNAMIC, List.of(Takes.DYNAMIC), 1, (call, row) -> {
            List<JsonNode> all = new ArrayList<>();
            for (int i = 0; i < call.count(); i++) {
                all.addAll(elements(call, i, row));
            }
            return arrayOf(call, all);
        });
        definitions.defineRepeating("set_union", Table.Type.DYNAMIC, List.of(Takes.DYNAMIC), 1, (call, row) -> {
            Set<JsonNode> all = new LinkedHashSet<>();
            for (int i = 0; i < call.count(); i++) {
                all.addAll(elements(call, i, row));
            }
            return arrayOf(call, all);
        });
        definitions.define(
                "set_intersect", Table.Type.DYNAMIC, List.of(Takes.DYNAMIC, Takes.DYNAMIC), 2, (call, row) -> {
                    Set<JsonNode> all = new LinkedHashSet<>(elements(call, 0, row));
                    all.retainAll(new LinkedHashSet<>(elements(call, 1, row)));
                    return arrayOf(call, all);
                });
        definitions.define(
                "set_difference", Table.Type.DYNAMIC, List.of(Takes.DYNAMIC, Takes.DYNAMIC), 2, (call, row) -> {
                    Set<JsonNode> all = new LinkedHashSet<>(elements(call, 0, row));
                    elements(call, 1, row).forEach(all::remove);
                    return arrayOf(call, all);
                });
        definitions.define(
                "set_has_element", Table.Type.BOOL, List.of(Takes.DYNAMIC, Takes.ANYTHING), 2, (call, row) -> {
                    @Nullable JsonNode wanted = Values.json(call.value(1, row));
                    return call.array(0, row) == null
                            ? null
                            : (Object) elements(call, 0, row).stream().anyMatch(element -> element.equals(wanted));
                });
        definitions.define(
                "array_index_of", Table.Type.LONG, List.of(Takes.DYNAMIC, Takes.ANYTHING), 2, (call, row) -> {
                    @Nullable JsonNode wanted = Values.json(call.value(1, row));
                    return call.array(0, row) == null
                            ? null
                            : (Object)
                                    (wanted == null
                                            ? -1L
                                            : (long) elements(call, 0, row).indexOf(wanted));
                });
        definitions.define(
                "array_sort_asc", Table.Type.DYNAMIC, List.of(Takes.DYNAMIC), 1, (call, row) -> sorted(call, row, 1));
        definitions.define(
                "array_sort_desc", Table.Type.DYNAMIC, List.of(Takes.DYNAMIC), 1, (call, row) -> sorted(call, row, -1));
        definitions.define(
                "array_slice",
                Table.Type.DYNAMIC,
                List.of(Takes.DYNAMIC, Takes.NUMBER, Takes.NUMBER),
                3,
                (call, row) -> {
                    if (call.array(0, row) == null) {
                        return null;
                    }
                    List<JsonNode> all = elements(call, 0, row);
                    int from = place(call.whole(1, row, 0), all.size());
                    int to = Math.min(all.size() - 1, place(call.whole(2, row, -1), all.size()));
                    return arrayOf(call, from > to ? List.of() : all.subList(from, to + 1));
                });
        definitions.define(
                "range", Table.Type.DYNAMIC, List.of(Takes.NUMBER, Takes.NUMBER, Takes.NUMBER), 2, (call, row) -> {
                    @Nullable Long from = call.whole(0, row);
                    @Nullable Long to = call.whole(1, row);
                    long step = call.whole(2, row, 1);
                    if (from == null || to == null || step == 0) {
                        return null;
                    }
                    double size = Math.max(0, Math.floor(((double) to - from) / step) + 1);
                    ArrayNode array = call.newArray((long) size);
                    for (long i = 0; i < (long) size; i++) {
                        array.add(from + i * step);
                    }
                    return array;
                });
        definitions.alias("bag_pack", "pack");
    }

    private static int place(long index, int size) {
        return Math.clamp(index < 0 ? size + index : index, 0, size);
    }

    private static @Nullable Object sorted(Call call, Row row, int sign) {
        if (call.array(0, row) == null) {
            return null;
        }
        List<JsonNode> all = new ArrayList<>(elements(call, 0, row));
        all.sort((left, right) -> {
            @Nullable Object first = Values.plain(left);
            @Nullable Object second = Values.plain(right);
            boolean sameKind = kind(first) == kind(second);
            return sign
                    * (sameKind && first != null && second != null
                            ? Values.compare(first, second)
                            : kind(first) - kind(second));
        });
        return arrayOf(call, all);
    }

    /** Numbers before texts before the rest, so that sorting a mixed array has one outcome. */
    private static int kind(@Nullable Object value) {
        return value instanceof Number ? 0 : value instanceof String ? 1 : value == null ? 3 : 2;
    }

    static List<JsonNode> elements(Call call, int argument, Row row) {
        @Nullable JsonNode array = call.array(argument, row);
        if (array == null) {
            return List.of();
        }
        call.budget().spend(array.size());
        List<JsonNode> elements = new ArrayList<>(array.size());
        array.forEach(elements::add);
        return elements;
    }

    private static ArrayNode arrayOf(Call call, Iterable<JsonNode> elements) {
        List<JsonNode> all = new ArrayList<>();
        elements.forEach(all::add);
        ArrayNode array = call.newArray(all.size());
        all.forEach(array::add);
        call.budget().spendOnNewDynamic(Values.weight(array));
        return array;
    }

    /** Values inside of others are shared, not copied; what they weigh is counted all the same. */
    private static @Nullable JsonNode copied(Call call, @Nullable Object value) {
        call.budget().spendOnNewDynamic(Values.weight(value));
        return Values.json(value);
    }
}
