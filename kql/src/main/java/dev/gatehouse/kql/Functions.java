package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Definition;
import dev.gatehouse.kql.Definitions.Takes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scalar functions by name, and how a call is checked against a definition. */
final class Functions {

    /** The columns of these are called like their first argument when no other name is given. */
    private static final Set<String> KEEP_NAME = Set.of(
            "tostring",
            "toint",
            "tolong",
            "todouble",
            "toreal",
            "tobool",
            "toboolean",
            "todatetime",
            "totimespan",
            "todynamic",
            "parse_json",
            "bin",
            "floor",
            "ceiling",
            "startofday",
            "startofweek",
            "startofmonth",
            "startofyear",
            "endofday",
            "endofweek",
            "endofmonth",
            "endofyear",
            "split");

    private static final Map<String, Definition> KNOWN = known();

    private final Instant now;
    private final Budget budget;
    private final Patterns patterns;

    Functions(Instant now, Budget budget, Patterns patterns) {
        this.now = now;
        this.budget = budget;
        this.patterns = patterns;
    }

    private static Map<String, Definition> known() {
        var definitions = new Definitions();
        Conversions.addTo(definitions);
        TextFunctions.addTo(definitions);
        TimeFunctions.addTo(definitions);
        NumberFunctions.addTo(definitions);
        ChoiceFunctions.addTo(definitions);
        DynamicFunctions.addTo(definitions);
        AddressFunctions.addTo(definitions);
        return definitions.all();
    }

    static boolean isKnown(String name) {
        return KNOWN.containsKey(name);
    }

    static boolean keepsName(String name) {
        return KEEP_NAME.contains(name);
    }

    static Set<String> names() {
        return KNOWN.keySet();
    }

    Scalar bind(String name, List<Scalar> arguments) {
        @Nullable Definition definition = KNOWN.get(name);
        if (definition == null) {
            throw KqlException.semantic(
                    "The scalar function '%s' is not supported by this simulator. Supported are: %s."
                            .formatted(name, String.join(", ", KNOWN.keySet())));
        }
        if (arguments.size() < definition.least() || arguments.size() > definition.most()) {
            throw wrongCount(name, definition.least(), definition.most(), arguments.size());
        }
        for (int i = 0; i < arguments.size(); i++) {
            Takes takes = definition
                    .parameters()
                    .get(Math.min(i, definition.parameters().size() - 1));
            Table.Type type = arguments.get(i).type();
            if (!takes.fits(type)) {
                throw KqlException.semantic("%s(): argument #%d of type %s is not what the function takes"
                        .formatted(name, i + 1, Values.name(type)));
            }
        }
        var untyped = new Call(name, arguments, Table.Type.DYNAMIC, now, budget, patterns);
        Table.Type type = definition.type().apply(untyped);
        var call = new Call(name, arguments, type, now, budget, patterns);
        boolean constant = arguments.stream().allMatch(Scalar::constant);
        return new Scalar(type, constant, row -> definition.body().of(call, row));
    }

    static KqlException wrongCount(String name, int least, int most, int given) {
        String expected = least == most ? "" + most : "between " + least + " and " + most;
        return KqlException.semantic("The function '%s' expects %s %s, but got %d."
                .formatted(name, expected, most == 1 ? "argument" : "arguments", given));
    }
}
