package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Takes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that choose between values or ask whether there is one. */
final class ChoiceFunctions {

    private ChoiceFunctions() {}

    static void addTo(Definitions definitions) {
        definitions.define("not", Table.Type.BOOL, List.of(Takes.ANYTHING), 1, (call, row) -> {
            @Nullable Boolean truth = Operators.truth(call.value(0, row));
            return truth == null ? null : (Object) !truth;
        });
        definitions.define(
                "isnull",
                Table.Type.BOOL,
                List.of(Takes.ANYTHING),
                1,
                (call, row) -> call.type(0) != Table.Type.STRING && call.value(0, row) == null);
        definitions.define(
                "isnotnull",
                Table.Type.BOOL,
                List.of(Takes.ANYTHING),
                1,
                (call, row) -> call.type(0) == Table.Type.STRING || call.value(0, row) != null);
        definitions.define("iff", call -> commonType(call, List.of(1, 2)), Takes.three(), 3, false, (call, row) -> {
            boolean yes = Boolean.TRUE.equals(Operators.truth(call.value(0, row)));
            return cast(call, yes ? 1 : 2, row);
        });
        definitions.define(
                "case", call -> commonType(call, outcomes(call)), List.of(Takes.ANYTHING), 3, true, (call, row) -> {
                    for (int i = 0; i + 1 < call.count(); i += 2) {
                        if (Boolean.TRUE.equals(Operators.truth(call.value(i, row)))) {
                            return cast(call, i + 1, row);
                        }
                    }
                    return cast(call, call.count() - 1, row);
                });
        definitions.define("coalesce", ChoiceFunctions::commonType, List.of(Takes.ANYTHING), 1, true, (call, row) -> {
            for (int i = 0; i < call.count(); i++) {
                @Nullable Object value = cast(call, i, row);
                if (value != null && !value.equals("")) {
                    return value;
                }
            }
            return call.result() == Table.Type.STRING ? "" : null;
        });
        definitions.alias("iif", "iff");
    }

    private static List<Integer> outcomes(Call call) {
        if (call.count() % 2 == 0) {
            throw call.wrong("an odd number of arguments is expected: condition, value, …, otherwise");
        }
        List<Integer> outcomes = new ArrayList<>();
        for (int i = 1; i < call.count(); i += 2) {
            outcomes.add(i);
        }
        outcomes.add(call.count() - 1);
        return outcomes;
    }

    static Table.Type commonType(Call call) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < call.count(); i++) {
            all.add(i);
        }
        return commonType(call, all);
    }

    private static Table.Type commonType(Call call, List<Integer> arguments) {
        Table.Type common = call.type(arguments.getFirst());
        for (int argument : arguments) {
            Table.Type type = call.type(argument);
            if (type == common) {
                continue;
            }
            if (Values.isWhole(type) && Values.isWhole(common)) {
                common = Table.Type.LONG;
            } else if (Values.isNumber(type) && Values.isNumber(common)) {
                common = Table.Type.REAL;
            } else if (type == Table.Type.DYNAMIC || common == Table.Type.DYNAMIC) {
                common = Table.Type.DYNAMIC;
            } else {
                throw call.wrong("the values are of different types, %s and %s"
                        .formatted(Values.name(common), Values.name(type)));
            }
        }
        return common;
    }

    static @Nullable Object cast(Call call, int argument, Row row) {
        @Nullable Object value = call.value(argument, row);
        return call.type(argument) == call.result() ? value : Values.convert(value, call.result());
    }
}
