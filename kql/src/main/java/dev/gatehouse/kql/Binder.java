package dev.gatehouse.kql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds what the names in an expression mean, checks types, and makes a {@link Scalar} of it that can be worked out row by
 * row.
 */
class Binder {

    private final Planner planner;
    private final Scope scope;
    private final List<Table.Column> columns;

    Binder(Planner planner, Scope scope, List<Table.Column> columns) {
        this.planner = planner;
        this.scope = scope;
        this.columns = columns;
    }

    Scalar bind(Expression expression) {
        planner.descend();
        Scalar scalar =
                switch (expression) {
                    case Expression.Literal literal -> Scalar.constant(literal.type(), literal.value());
                    case Expression.Name name -> name(name.text());
                    case Expression.Star _ ->
                        throw KqlException.semantic("'*' cannot stand here; it stands for all columns in arg_max(),"
                                + " arg_min(), take_any() and distinct");
                    case Expression.Member member -> member(bind(member.bag()), member.member());
                    case Expression.Index index -> index(bind(index.bag()), bind(index.index()));
                    case Expression.Call call -> call(call);
                    case Expression.Negated negated -> planner.operators().negated(bind(negated.operand()));
                    case Expression.Binary binary ->
                        planner.operators().binary(binary.operator(), bind(binary.left()), bind(binary.right()));
                    case Expression.And and -> connected(bindAll(and.operands()), false);
                    case Expression.Or or -> connected(bindAll(or.operands()), true);
                    case Expression.Membership membership -> membership(membership);
                    case Expression.Between between -> between(between);
                    case Expression.Subquery _ ->
                        throw KqlException.semantic(
                                "A table cannot stand where a value is expected; toscalar() makes a value of it");
                };
        planner.ascend();
        return scalar.folded();
    }

    List<Scalar> bindAll(List<Expression> expressions) {
        List<Scalar> scalars = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            scalars.add(bind(expression));
        }
        return scalars;
    }

    Scalar condition(Expression expression) {
        Scalar condition = bind(expression);
        if (condition.type() == Table.Type.BOOL
                || condition.type() == Table.Type.DYNAMIC
                || Values.isWhole(condition.type())) {
            return condition;
        }
        throw KqlException.semantic(
                "A condition must be true or false, but this one is of type " + Values.name(condition.type()));
    }

    /** A number of rows, such as {@code take 10} has. */
    long number(Expression expression) {
        Scalar scalar = new Binder(planner, scope, List.of()).bind(expression);
        if (Values.convert(scalar.of(Row.Cells.NONE), Table.Type.LONG) instanceof Long number
                && Values.isNumber(scalar.type())) {
            return number;
        }
        throw KqlException.semantic("A number of rows is expected");
    }

    Scalar name(String name) {
        planner.budget().spend(1 + columns.size() / 8);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return Scalar.column(i, columns.get(i).type());
            }
        }
        if (scope.find(name) instanceof Scope.Binding.OfScalar(Scalar scalar)) {
            return scalar;
        }
        throw KqlException.semantic("Failed to resolve scalar expression named '" + name + "'");
    }

    private Scalar member(Scalar bag, String member) {
        requireDynamic(bag, member);
        return new Scalar(
                Table.Type.DYNAMIC,
                bag.constant(),
                row -> bag.of(row) instanceof JsonNode node ? Values.json(node.get(member)) : null);
    }

    private static void requireDynamic(Scalar bag, String member) {
        if (bag.type() != Table.Type.DYNAMIC) {
            throw KqlException.semantic("'%s' cannot be taken out of a value of type %s; parse_json() makes it dynamic"
                    .formatted(member, Values.name(bag.type())));
        }
    }

    private static Scalar index(Scalar bag, Scalar index) {
        requireDynamic(bag, "[…]");
        return new Scalar(Table.Type.DYNAMIC, bag.constant() && index.constant(), row -> {
            if (!(bag.of(row) instanceof JsonNode node)) {
                return null;
            }
            return switch (Values.plain(index.of(row))) {
                case String key -> Values.json(node.get(key));
                case Long place
                when node.isArray() && place >= -node.size() && place < node.size() -> {
                    // A negative place counts from the end.
                    int wanted = (int) (place < 0 ? node.size() + place : place);
                    yield Values.json(node.get(wanted));
                }
                case null, default -> null;
            };
        });
    }

    /** Three-valued {@code and} and {@code or}: one deciding operand decides, otherwise a null makes the result null. */
    private static Scalar connected(List<Scalar> operands, boolean decidingValue) {
        boolean constant = operands.stream().allMatch(Scalar::constant);
        return new Scalar(Table.Type.BOOL, constant, row -> {
            boolean unknown = false;
            for (Scalar operand : operands) {
                @Nullable Boolean truth = Operators.truth(operand.of(row));
                if (truth == null) {
                    unknown = true;
                } else if (truth == decidingValue) {
                    return decidingValue;
                }
            }
            return unknown ? null : (Boolean) !decidingValue;
        });
    }

    private Scalar between(Expression.Between between) {
        Scalar operand = bind(between.operand());
        Scalar low = bind(between.low());
        Scalar given = bind(between.high());
        // "between (start .. 3d)" means the three days from the start.
        Scalar high = low.type() == Table.Type.DATETIME && given.type() == Table.Type.TIMESPAN
                ? planner.operators().binary("+", low, given)
                : given;
        Scalar inside = connected(
                List.of(
                        planner.operators().binary(">=", operand, low),
                        planner.operators().binary("<=", operand, high)),
                false);
        return between.reversed() ? planner.operators().not(inside) : inside;
    }

    private Scalar membership(Expression.Membership membership) {
        String operator = membership.operator();
        if (operator.startsWith("!")) {
            return planner.operators()
                    .not(membership(new Expression.Membership(
                            operator.substring(1), membership.operand(), membership.candidates())));
        }
        Scalar operand = bind(membership.operand());
        Candidates candidates = candidates(membership.candidates(), operand, operator.equals("in"));
        return switch (operator) {
            case "in" -> isIn(operand, candidates, false);
            case "in~" -> isIn(operand, candidates, true);
            default -> hasTerms(operand, candidates, operator.equals("has_all"));
        };
    }

    /** What stands in the parentheses of {@code in}: known values, and those that a row has to tell. */
    private record Candidates(List<Object> known, List<Scalar> others) {

        boolean constant() {
            return others.isEmpty();
        }

        List<Object> of(Row row) {
            if (others.isEmpty()) {
                return known;
            }
            List<Object> all = new ArrayList<>(known);
            others.forEach(other -> addValues(other.of(row), all));
            return all;
        }
    }

    private Candidates candidates(List<Expression> expressions, Scalar operand, boolean checkTypes) {
        List<Object> known = new ArrayList<>();
        List<Scalar> others = new ArrayList<>();
        for (Expression expression : expressions) {
            Optional<Relation> table = planner.tableIfAny(expression, scope, columns);
            if (table.isPresent()) {
                known.addAll(planner.firstColumn(table.get()));
                continue;
            }
            Scalar scalar = bind(expression);
            if (checkTypes && scalar.type() != Table.Type.DYNAMIC) {
                Operators.comparable(operand, scalar);
            }
            if (scalar.constant()) {
                addValues(scalar.of(Row.Cells.NONE), known);
            } else {
                others.add(scalar);
            }
        }
        planner.budget().hold(48L * known.size());
        return new Candidates(known, others);
    }

    /** An array gives its elements. */
    private static void addValues(@Nullable Object value, List<Object> target) {
        if (value instanceof JsonNode node && node.isArray()) {
            node.forEach(element -> addValues(Values.plain(element), target));
            return;
        }
        @Nullable Object plain = Values.plain(value);
        if (plain != null) {
            target.add(plain);
        }
    }

    private Scalar isIn(Scalar operand, Candidates candidates, boolean ignoreCase) {
        Set<Object> known = new HashSet<>();
        candidates.known().forEach(value -> known.add(key(value, ignoreCase)));
        return new Scalar(Table.Type.BOOL, operand.constant() && candidates.constant(), row -> {
            @Nullable Object value = Values.plain(operand.of(row));
            if (value == null) {
                return false;
            }
            Object wanted = key(value, ignoreCase);
            if (known.contains(wanted)) {
                return true;
            }
            if (candidates.constant()) {
                return false;
            }
            List<Object> all = candidates.of(row);
            planner.budget().spend(all.size());
            return all.stream().anyMatch(candidate -> key(candidate, ignoreCase).equals(wanted));
        });
    }

    /** Under which two values count as the same: {@code 1} and {@code 1.0}, and with {@code in~} "a" and "A". */
    private static Object key(Object value, boolean ignoreCase) {
        return switch (value) {
            case String text when ignoreCase -> text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> (Object) number.longValue();
            default -> value;
        };
    }

    private Scalar hasTerms(Scalar operand, Candidates candidates, boolean all) {
        return new Scalar(Table.Type.BOOL, operand.constant() && candidates.constant(), row -> {
            String text = Values.text(operand.of(row));
            List<Object> terms = candidates.of(row);
            terms.forEach(term -> planner.budget().spendOnSearch(text, Values.text(term)));
            for (Object term : terms) {
                if (Texts.has(text, Values.text(term), true, true, true) != all) {
                    return !all;
                }
            }
            return all;
        });
    }

    Scalar call(Expression.Call call) {
        if (call.name().equals("toscalar")) {
            return toScalar(call);
        }
        if (call.name().equals("column_ifexists") && call.arguments().size() == 2) {
            return columnIfExists(call);
        }
        if (scope.find(call.name()) instanceof Scope.Binding.OfFunction function) {
            return planner.callScalar(call, function, scope, this);
        }
        if (Aggregates.isKnown(call.name()) && !Functions.isKnown(call.name())) {
            throw KqlException.semantic(
                    "The aggregate function '%s' can only be used in summarize.".formatted(call.name()));
        }
        return planner.functions().bind(call.name(), bindAll(call.arguments()));
    }

    private Scalar toScalar(Expression.Call call) {
        if (call.arguments().size() != 1) {
            throw KqlException.semantic("The function 'toscalar' expects 1 argument.");
        }
        Expression argument = call.arguments().getFirst();
        Optional<Relation> table = planner.tableIfAny(argument, scope, columns);
        return table.isPresent() ? planner.firstCell(table.get()) : bind(argument);
    }

    private Scalar columnIfExists(Expression.Call call) {
        Scalar wanted = bind(call.arguments().getFirst());
        String name = wanted.constant() ? Values.text(wanted.of(Row.Cells.NONE)) : "";
        boolean exists = columns.stream().anyMatch(column -> column.name().equals(name));
        return exists ? name(name) : bind(call.arguments().get(1));
    }

    /** The name that a column gets whose expression was given none; empty when Kusto counts such columns. */
    static Optional<String> nameOf(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> Optional.of(name.text());
            case Expression.Member member -> nameOf(member.bag()).map(bag -> bag + "_" + member.member());
            case Expression.Index(Expression bag, Expression.Literal index) ->
                nameOf(bag).map(name -> name + "_" + Values.text(index.value()));
            case Expression.Call call
            when !call.arguments().isEmpty() && Functions.keepsName(call.name()) ->
                nameOf(call.arguments().getFirst());
            default -> Optional.empty();
        };
    }
}
