package dev.gatehouse.kql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions that make one value of many rows. Nulls do not count, except for {@code count()}. */
final class Aggregates {

    /** Kusto's own limit for lists and sets. */
    private static final int LONGEST_LIST = 1_048_576;

    /** What one group gathers. */
    interface Gathering {
        void add(Row row);

        @Nullable
        Object result();
    }

    /** An aggregate with its arguments: its result's type, and how a group starts to gather. */
    record Aggregate(Table.Type type, Supplier<Gathering> start) {}

    /**
     * @param prefix what stands before the argument's name in the column's name; null when the argument's name is the
     *     column's
     * @param conditional whether the last argument is a condition that rows must meet
     */
    private record Definition(
            @Nullable String prefix, int least, int most, boolean conditional, Function<Arguments, Aggregate> make) {}

    private record Arguments(String name, List<Scalar> values, Budget budget) {
        Scalar first() {
            return values.getFirst();
        }

        long number(int index, long otherwise) {
            if (index >= values.size()) {
                return otherwise;
            }
            return values.get(index).constant()
                            && Values.convert(values.get(index).of(Row.Cells.NONE), Table.Type.LONG)
                                    instanceof Long number
                    ? number
                    : otherwise;
        }

        Scalar numeric() {
            if (!Values.isNumber(first().type())
                    && first().type() != Table.Type.DYNAMIC
                    && first().type() != Table.Type.TIMESPAN) {
                throw KqlException.semantic("%s(): argument #1 must be a number or a timespan, not %s"
                        .formatted(name, Values.name(first().type())));
            }
            return first();
        }
    }

    private static final Map<String, Definition> KNOWN = new TreeMap<>();

    static {
        define("count", "", 0, 0, false, arguments -> new Aggregate(Table.Type.LONG, Count::new));
        define("countif", "", 1, 1, true, arguments -> new Aggregate(Table.Type.LONG, Count::new));
        define("dcount", "dcount_", 1, 2, false, Aggregates::distinctCount);
        define("count_distinct", "count_distinct_", 1, 1, false, Aggregates::distinctCount);
        define("dcountif", "dcountif_", 2, 2, true, Aggregates::distinctCount);
        define("count_distinctif", "count_distinctif_", 2, 2, true, Aggregates::distinctCount);
        define("sum", "sum_", 1, 1, false, Aggregates::sum);
        define("sumif", "sumif_", 2, 2, true, Aggregates::sum);
        define("avg", "avg_", 1, 1, false, Aggregates::average);
        define("avgif", "avgif_", 2, 2, true, Aggregates::average);
        define("stdev", "stdev_", 1, 1, false, arguments -> spread(arguments, true));
        define("variance", "variance_", 1, 1, false, arguments -> spread(arguments, false));
        define("min", "min_", 1, 1, false, arguments -> extreme(arguments, -1));
        define("max", "max_", 1, 1, false, arguments -> extreme(arguments, 1));
        define("minif", "minif_", 2, 2, true, arguments -> extreme(arguments, -1));
        define("maxif", "maxif_", 2, 2, true, arguments -> extreme(arguments, 1));
        define("make_set", "set_", 1, 2, false, arguments -> list(arguments, true));
        define("makeset", "set_", 1, 2, false, arguments -> list(arguments, true));
        define("make_set_if", "set_", 2, 2, true, arguments -> list(arguments, true));
        define("make_list", "list_", 1, 2, false, arguments -> list(arguments, false));
        define("makelist", "list_", 1, 2, false, arguments -> list(arguments, false));
        define("make_list_if", "list_", 2, 2, true, arguments -> list(arguments, false));
        define("take_any", null, 1, 1, false, Aggregates::any);
        define("any", "any_", 1, 1, false, Aggregates::any);
        define("take_anyif", null, 2, 2, true, Aggregates::any);
        define("percentile", "percentile_", 2, 2, false, Aggregates::percentile);
    }

    /** Those that give more than one column; {@link Summary} takes care of them. */
    private static final Set<String> WITH_COLUMNS = Set.of("arg_max", "arg_min", "argmax", "argmin");

    private Aggregates() {}

    private static void define(
            String name,
            @Nullable String prefix,
            int least,
            int most,
            boolean conditional,
            Function<Arguments, Aggregate> make) {
        KNOWN.put(name, new Definition(prefix, least, most, conditional, make));
    }

    static boolean isKnown(String name) {
        return KNOWN.containsKey(name) || WITH_COLUMNS.contains(name);
    }

    static boolean givesColumns(String name) {
        return WITH_COLUMNS.contains(name);
    }

    static Collection<String> names() {
        List<String> names = new ArrayList<>(KNOWN.keySet());
        names.add("arg_max");
        names.add("arg_min");
        Collections.sort(names);
        return names;
    }

    /** The column's name when none is given: {@code count_}, {@code dcount_AccountName}, {@code percentile_Port_95}. */
    static String nameOf(Expression.Call call) {
        @Nullable Definition definition = KNOWN.get(call.name());
        String argument = call.arguments().isEmpty()
                ? ""
                : Binder.nameOf(call.arguments().getFirst()).orElse("");
        if (definition == null || definition.prefix() == null) {
            return argument.isEmpty() ? call.name() + "_" : argument;
        }
        if (definition.prefix().isEmpty()) {
            return call.name() + "_";
        }
        boolean percentile = call.name().equals("percentile")
                && call.arguments().size() == 2
                && call.arguments().get(1) instanceof Expression.Literal;
        return definition.prefix()
                + argument
                + (percentile
                        ? "_"
                                + Values.text(
                                        ((Expression.Literal) call.arguments().get(1)).value())
                        : "");
    }

    static KqlException unsupported(String name) {
        return KqlException.semantic(
                "The aggregate function '%s' is not supported by this simulator. Supported are: %s."
                        .formatted(name, String.join(", ", names())));
    }

    static Aggregate bind(String name, List<Scalar> arguments, Budget budget) {
        @Nullable Definition definition = KNOWN.get(name);
        if (definition == null) {
            throw unsupported(name);
        }
        if (arguments.size() < definition.least() || arguments.size() > definition.most()) {
            throw Functions.wrongCount(name, definition.least(), definition.most(), arguments.size());
        }
        if (!definition.conditional()) {
            return definition.make().apply(new Arguments(name, arguments, budget));
        }
        Scalar condition = arguments.getLast();
        Aggregate all =
                definition.make().apply(new Arguments(name, arguments.subList(0, arguments.size() - 1), budget));
        return new Aggregate(
                all.type(), () -> new Conditional(condition, all.start().get()));
    }

    private record Conditional(Scalar condition, Gathering inner) implements Gathering {
        @Override
        public void add(Row row) {
            if (Boolean.TRUE.equals(Operators.truth(condition.of(row)))) {
                inner.add(row);
            }
        }

        @Override
        public @Nullable Object result() {
            return inner.result();
        }
    }

    private static final class Count implements Gathering {
        private long count;

        @Override
        public void add(Row row) {
            count++;
        }

        @Override
        public Object result() {
            return count;
        }
    }

    private static Aggregate distinctCount(Arguments arguments) {
        Scalar value = arguments.first();
        return new Aggregate(Table.Type.LONG, () -> new Gathering() {
            // Kusto estimates; this counts, which is within the promised error.
            private final Set<Object> seen = new HashSet<>();

            @Override
            public void add(Row row) {
                @Nullable Object found = value.of(row);
                if (found != null && seen.add(found)) {
                    arguments.budget().hold(48 + Values.weight(found));
                }
            }

            @Override
            public Object result() {
                return (long) seen.size();
            }
        });
    }

    private static Aggregate sum(Arguments arguments) {
        Scalar value = arguments.numeric();
        Table.Type type =
                switch (value.type()) {
                    case INT, LONG -> Table.Type.LONG;
                    case TIMESPAN -> Table.Type.TIMESPAN;
                    default -> Table.Type.REAL;
                };
        return new Aggregate(type, () -> new Gathering() {
            private long whole;
            private double real;

            @Override
            public void add(Row row) {
                switch (Values.plain(value.of(row))) {
                    case Long number -> {
                        whole += number;
                        real += number;
                    }
                    case Double number -> real += number;
                    case Duration span -> whole += Times.ticks(span);
                    case null, default -> {}
                }
            }

            @Override
            public Object result() {
                return switch (type) {
                    case LONG -> (Object) whole;
                    case TIMESPAN -> Times.span(whole);
                    default -> (Object) real;
                };
            }
        });
    }

    private static Aggregate average(Arguments arguments) {
        Scalar value = arguments.numeric();
        boolean spans = value.type() == Table.Type.TIMESPAN;
        return new Aggregate(spans ? Table.Type.TIMESPAN : Table.Type.REAL, () -> new Gathering() {
            private double sum;
            private long count;

            @Override
            public void add(Row row) {
                @Nullable Double number = asReal(value.of(row));
                if (number != null) {
                    sum += number;
                    count++;
                }
            }

            @Override
            public @Nullable Object result() {
                if (spans) {
                    return count == 0 ? null : Times.span((long) (sum / count));
                }
                return count == 0 ? (Object) Double.NaN : (Object) (sum / count);
            }
        });
    }

    private static @Nullable Double asReal(@Nullable Object value) {
        return switch (Values.plain(value)) {
            case Number number -> number.doubleValue();
            case Duration span -> (double) Times.ticks(span);
            case Instant instant -> (double) Times.ticks(instant);
            case null, default -> null;
        };
    }

    private static Aggregate spread(Arguments arguments, boolean root) {
        Scalar value = arguments.numeric();
        return new Aggregate(Table.Type.REAL, () -> new Gathering() {
            private long count;
            private double mean;
            private double squares;

            @Override
            public void add(Row row) {
                @Nullable Double number = asReal(value.of(row));
                if (number != null) {
                    count++;
                    double distance = number - mean;
                    mean += distance / count;
                    squares += distance * (number - mean);
                }
            }

            @Override
            public Object result() {
                double variance = count < 2 ? 0 : squares / (count - 1);
                return root ? Math.sqrt(variance) : variance;
            }
        });
    }

    private static Aggregate extreme(Arguments arguments, int sign) {
        Scalar value = arguments.first();
        return new Aggregate(value.type(), () -> new Gathering() {
            private @Nullable Object best;

            @Override
            public void add(Row row) {
                @Nullable Object found = value.of(row);
                if (found != null && (best == null || compared(found, best) * sign > 0)) {
                    best = found;
                }
            }

            @Override
            public @Nullable Object result() {
                return best;
            }
        });
    }

    private static int compared(Object left, Object right) {
        @Nullable Object first = Values.plain(left);
        @Nullable Object second = Values.plain(right);
        return first == null || second == null ? 0 : Values.compare(first, second);
    }

    private static Aggregate list(Arguments arguments, boolean distinct) {
        Scalar value = arguments.first();
        long most = Math.clamp(arguments.number(1, LONGEST_LIST), 0, LONGEST_LIST);
        return new Aggregate(Table.Type.DYNAMIC, () -> new Gathering() {
            private final Collection<JsonNode> elements = distinct ? new LinkedHashSet<>() : new ArrayList<>();

            @Override
            public void add(Row row) {
                @Nullable JsonNode element = Values.json(value.of(row));
                // make_set() of arrays makes one set of what is in them.
                if (distinct && element != null && element.isArray()) {
                    arguments.budget().spend(element.size());
                    element.forEach(this::keep);
                } else if (element != null) {
                    keep(element);
                }
            }

            private void keep(JsonNode element) {
                if (elements.size() < most && elements.add(element)) {
                    arguments.budget().hold(48 + Values.weight(element));
                }
            }

            @Override
            public Object result() {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                elements.forEach(array::add);
                return array;
            }
        });
    }

    private static Aggregate any(Arguments arguments) {
        Scalar value = arguments.first();
        return new Aggregate(value.type(), () -> new Gathering() {
            private @Nullable Object found;

            @Override
            public void add(Row row) {
                // Any value will do, and one that says something is the best of them.
                if (found == null || found.equals("")) {
                    found = value.of(row);
                }
            }

            @Override
            public @Nullable Object result() {
                return found;
            }
        });
    }

    private static Aggregate percentile(Arguments arguments) {
        Scalar value = arguments.numeric();
        long wanted = Math.clamp(arguments.number(1, 50), 0, 100);
        return new Aggregate(value.type(), () -> new Gathering() {
            private final List<Object> all = new ArrayList<>();

            @Override
            public void add(Row row) {
                @Nullable Object found = Values.plain(value.of(row));
                if (found instanceof Number || found instanceof Duration) {
                    all.add(found);
                    arguments.budget().hold(40);
                }
            }

            @Override
            public @Nullable Object result() {
                if (all.isEmpty()) {
                    return null;
                }
                arguments.budget().spend(all.size());
                all.sort(Values::compare);
                int place = (int) Math.ceil(wanted / 100.0 * all.size()) - 1;
                @Nullable Object found = all.get(Math.max(0, place));
                return value.type() == Table.Type.DYNAMIC ? Values.json(found) : found;
            }
        });
    }
}
