package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Takes;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions for numbers. */
final class NumberFunctions {

    private NumberFunctions() {}

    static void addTo(Definitions definitions) {
        definitions.define(
                "abs", call -> call.type(0), List.of(Takes.NUMBER), 1, false, (call, row) -> switch (Values.plain(
                        call.value(0, row))) {
                    case Long number ->
                        call.type(0) == Table.Type.DYNAMIC ? Values.json(Math.abs(number)) : (Object) Math.abs(number);
                    case Double number ->
                        call.type(0) == Table.Type.DYNAMIC ? Values.json(Math.abs(number)) : (Object) Math.abs(number);
                    case null, default -> null;
                });
        definitions.define("round", Table.Type.REAL, List.of(Takes.NUMBER, Takes.NUMBER), 1, (call, row) -> {
            @Nullable Double number = call.real(0, row);
            double factor = Math.pow(10, Math.clamp(call.whole(1, row, 0), -15, 15));
            return number == null ? null : (Object) (Math.rint(number * factor) / factor);
        });
        defineReal(definitions, "ceiling", Math::ceil);
        defineReal(definitions, "sqrt", Math::sqrt);
        defineReal(definitions, "exp", Math::exp);
        defineReal(definitions, "log", Math::log);
        defineReal(definitions, "log10", Math::log10);
        definitions.define("pow", Table.Type.REAL, List.of(Takes.NUMBER, Takes.NUMBER), 2, (call, row) -> {
            @Nullable Double base = call.real(0, row);
            @Nullable Double exponent = call.real(1, row);
            return base == null || exponent == null ? null : (Object) Math.pow(base, exponent);
        });
        definitions.define(
                "min_of",
                ChoiceFunctions::commonType,
                List.of(Takes.ANYTHING),
                1,
                true,
                (call, row) -> extreme(call, row, -1));
        definitions.define(
                "max_of",
                ChoiceFunctions::commonType,
                List.of(Takes.ANYTHING),
                1,
                true,
                (call, row) -> extreme(call, row, 1));
        definitions.define("isnan", Table.Type.BOOL, List.of(Takes.NUMBER), 1, (call, row) -> {
            @Nullable Double number = call.real(0, row);
            return number != null && number.isNaN();
        });
        definitions.define("hash", Table.Type.LONG, List.of(Takes.ANYTHING, Takes.NUMBER), 1, (call, row) -> {
            // Kusto's own hash is not documented; any steady one serves to make buckets.
            long hash = Long.parseUnsignedLong(
                    TextFunctions.digest("SHA-256", call.text(0, row)).substring(0, 16), 16);
            long buckets = call.whole(1, row, 0);
            return buckets > 0 ? Math.floorMod(hash, buckets) : hash;
        });
    }

    private static @Nullable Object extreme(Call call, Row row, int sign) {
        @Nullable Object best = null;
        for (int i = 0; i < call.count(); i++) {
            @Nullable Object value = ChoiceFunctions.cast(call, i, row);
            if (value != null && (best == null || Values.compare(value, best) * sign > 0)) {
                best = value;
            }
        }
        return best;
    }

    private static void defineReal(Definitions definitions, String name, DoubleUnaryOperator function) {
        definitions.define(name, Table.Type.REAL, List.of(Takes.NUMBER), 1, (call, row) -> {
            @Nullable Double number = call.real(0, row);
            return number == null ? null : (Object) function.applyAsDouble(number);
        });
    }
}
