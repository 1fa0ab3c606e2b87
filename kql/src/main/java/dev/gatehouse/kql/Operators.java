package dev.gatehouse.kql;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons and arithmetic. A null makes the result null, except that null is not equal to anything else ("Null values"
 * in the Kusto reference).
 */
final class Operators {

    private final Budget budget;
    private final Patterns patterns;

    Operators(Budget budget, Patterns patterns) {
        this.budget = budget;
        this.patterns = patterns;
    }

    Scalar binary(String operator, Scalar left, Scalar right) {
        boolean reversed = operator.startsWith("!") && !operator.equals("!=") && !operator.equals("!~");
        if (reversed) {
            return not(binary(operator.substring(1), left, right));
        }
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> not(equal(left, right));
            case "<" -> ordered(operator, left, right, order -> order < 0);
            case "<=" -> ordered(operator, left, right, order -> order <= 0);
            case ">" -> ordered(operator, left, right, order -> order > 0);
            case ">=" -> ordered(operator, left, right, order -> order >= 0);
            case "=~" -> texts(left, right, String::equalsIgnoreCase);
            case "!~" -> not(texts(left, right, String::equalsIgnoreCase));
            case "contains" -> texts(left, right, (text, part) -> Texts.contains(text, part, true));
            case "contains_cs" -> texts(left, right, (text, part) -> Texts.contains(text, part, false));
            case "startswith" -> texts(left, right, (text, part) -> Texts.startsWith(text, part, true));
            case "startswith_cs" -> texts(left, right, (text, part) -> Texts.startsWith(text, part, false));
            case "endswith" -> texts(left, right, (text, part) -> Texts.endsWith(text, part, true));
            case "endswith_cs" -> texts(left, right, (text, part) -> Texts.endsWith(text, part, false));
            case "has" -> texts(left, right, (text, part) -> Texts.has(text, part, true, true, true));
            case "has_cs" -> texts(left, right, (text, part) -> Texts.has(text, part, false, true, true));
            case "hasprefix" -> texts(left, right, (text, part) -> Texts.has(text, part, true, true, false));
            case "hasprefix_cs" -> texts(left, right, (text, part) -> Texts.has(text, part, false, true, false));
            case "hassuffix" -> texts(left, right, (text, part) -> Texts.has(text, part, true, false, true));
            case "hassuffix_cs" -> texts(left, right, (text, part) -> Texts.has(text, part, false, false, true));
            case "matches regex" ->
                texts(left, right, (text, regex) -> patterns.match(regex, text).find());
            default -> arithmetic(operator, left, right);
        };
    }

    Scalar not(Scalar operand) {
        return new Scalar(Table.Type.BOOL, operand.constant(), row -> {
            @Nullable Boolean truth = truth(operand.of(row));
            return truth == null ? null : (Boolean) !truth;
        });
    }

    /** A condition's outcome; a number other than zero is true. */
    static @Nullable Boolean truth(@Nullable Object value) {
        return (Boolean) Values.convert(value, Table.Type.BOOL);
    }

    private Scalar texts(Scalar left, Scalar right, BiPredicate<String, String> test) {
        return new Scalar(Table.Type.BOOL, left.constant() && right.constant(), row -> {
            String text = Values.text(left.of(row));
            String other = Values.text(right.of(row));
            budget.spendOnSearch(text, other);
            return test.test(text, other);
        });
    }

    Scalar equal(Scalar left, Scalar right) {
        Table.Type common = comparable(left, right);
        boolean constant = left.constant() && right.constant();
        if (!needsCast(left, right)) {
            return new Scalar(Table.Type.BOOL, constant, row -> equal(left.of(row), right.of(row)));
        }
        return new Scalar(Table.Type.BOOL, constant, row -> equal(as(common, left.of(row)), as(common, right.of(row))));
    }

    /** Two nulls give null, one null gives false. */
    static @Nullable Boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            boolean bothNull = left == null && right == null;
            return bothNull ? null : (Boolean) false;
        }
        return Values.same(left, right);
    }

    Scalar ordered(String operator, Scalar left, Scalar right, IntPredicate test) {
        Table.Type common = comparable(left, right);
        if (common == Table.Type.BOOL) {
            throw undefined(operator, left, right);
        }
        boolean cast = needsCast(left, right);
        return new Scalar(Table.Type.BOOL, left.constant() && right.constant(), row -> {
            @Nullable Object first = left.of(row);
            @Nullable Object second = right.of(row);
            if (cast) {
                first = as(common, first);
                second = as(common, second);
            }
            if (first == null || second == null) {
                return null;
            }
            return test.test(Values.compare(first, second));
        });
    }

    private static boolean needsCast(Scalar left, Scalar right) {
        boolean bothNumbers = Values.isNumber(left.type()) && Values.isNumber(right.type());
        return left.type() == Table.Type.DYNAMIC || (left.type() != right.type() && !bothNumbers);
    }

    /** What both sides of a comparison are read as. */
    static Table.Type comparable(Scalar left, Scalar right) {
        Table.Type first = left.type();
        Table.Type second = right.type();
        if (first == second) {
            return first;
        }
        if (Values.isNumber(first) && Values.isNumber(second)) {
            return Table.Type.REAL;
        }
        // Advanced hunting shows true as 1, and queries compare with it.
        boolean truthAndNumber = (first == Table.Type.BOOL && Values.isWhole(second))
                || (second == Table.Type.BOOL && Values.isWhole(first));
        if (truthAndNumber) {
            return Table.Type.BOOL;
        }
        if (first == Table.Type.DYNAMIC) {
            return second;
        }
        if (second == Table.Type.DYNAMIC) {
            return first;
        }
        throw KqlException.semantic("Cannot compare values of types %s and %s. Try adding explicit casts"
                .formatted(Values.name(first), Values.name(second)));
    }

    /** The value inside of a dynamic one as a type that it is compared with. */
    private static @Nullable Object as(Table.Type type, @Nullable Object value) {
        @Nullable Object plain = Values.plain(value);
        return switch (type) {
            case DYNAMIC -> plain;
            // Not by text: "5" in a bag is a text and not the number.
            case INT, LONG, REAL -> plain instanceof Number ? plain : null;
            default -> Values.convert(plain, type);
        };
    }

    private Scalar arithmetic(String operator, Scalar left, Scalar right) {
        Table.Type first = left.type();
        Table.Type second = right.type();
        boolean constant = left.constant() && right.constant();
        if (Values.isWhole(first) && Values.isWhole(second)) {
            return new Scalar(
                    Table.Type.LONG,
                    constant,
                    row -> left.of(row) instanceof Long a && right.of(row) instanceof Long b
                            ? whole(operator, a, b)
                            : null);
        }
        if (Values.isNumber(first) && Values.isNumber(second)) {
            return new Scalar(
                    Table.Type.REAL,
                    constant,
                    row -> left.of(row) instanceof Number a && right.of(row) instanceof Number b
                            ? (Object) real(operator, a.doubleValue(), b.doubleValue())
                            : null);
        }
        if (isDynamicNumber(first, second)) {
            return new Scalar(
                    Table.Type.DYNAMIC,
                    constant,
                    row -> Values.json(numbers(operator, Values.plain(left.of(row)), Values.plain(right.of(row)))));
        }
        return temporal(operator, left, right);
    }

    private static boolean isDynamicNumber(Table.Type first, Table.Type second) {
        return (first == Table.Type.DYNAMIC && (second == Table.Type.DYNAMIC || Values.isNumber(second)))
                || (second == Table.Type.DYNAMIC && Values.isNumber(first));
    }

    private static @Nullable Object numbers(String operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return whole(operator, a, b);
        }
        return left instanceof Number a && right instanceof Number b
                ? (Object) real(operator, a.doubleValue(), b.doubleValue())
                : null;
    }

    private static @Nullable Long whole(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> right == 0 ? null : (Long) (left / right);
            default -> right == 0 ? null : (Long) (left % right);
        };
    }

    private static double real(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            default -> left % right;
        };
    }

    private Scalar temporal(String operator, Scalar left, Scalar right) {
        Table.Type first = left.type();
        Table.Type second = right.type();
        boolean constant = left.constant() && right.constant();
        boolean adding = operator.equals("+");
        if (first == Table.Type.DATETIME && second == Table.Type.TIMESPAN && (adding || operator.equals("-"))) {
            return new Scalar(Table.Type.DATETIME, constant, row -> {
                if (!(left.of(row) instanceof Instant instant) || !(right.of(row) instanceof Duration span)) {
                    return null;
                }
                long ticks = Times.ticks(span);
                return Times.plus(instant, adding ? ticks : -ticks);
            });
        }
        if (first == Table.Type.TIMESPAN && second == Table.Type.DATETIME && adding) {
            return temporal(operator, right, left);
        }
        if (first == Table.Type.DATETIME && second == Table.Type.DATETIME && operator.equals("-")) {
            return new Scalar(
                    Table.Type.TIMESPAN,
                    constant,
                    row -> left.of(row) instanceof Instant a && right.of(row) instanceof Instant b
                            ? Times.span(Times.ticks(a) - Times.ticks(b))
                            : null);
        }
        if (first == Table.Type.TIMESPAN && second == Table.Type.TIMESPAN && !operator.equals("*")) {
            boolean ratio = operator.equals("/");
            return new Scalar(ratio ? Table.Type.REAL : Table.Type.TIMESPAN, constant, row -> {
                if (!(left.of(row) instanceof Duration a) || !(right.of(row) instanceof Duration b)) {
                    return null;
                }
                if (ratio) {
                    return (double) Times.ticks(a) / Times.ticks(b);
                }
                @Nullable Long ticks = whole(operator, Times.ticks(a), Times.ticks(b));
                return ticks == null ? null : Times.span(ticks);
            });
        }
        if (first == Table.Type.TIMESPAN && Values.isNumber(second) && (operator.equals("*") || operator.equals("/"))) {
            return new Scalar(
                    Table.Type.TIMESPAN,
                    constant,
                    row -> left.of(row) instanceof Duration span && right.of(row) instanceof Number number
                            ? Times.span((long) real(operator, (double) Times.ticks(span), number.doubleValue()))
                            : null);
        }
        if (Values.isNumber(first) && second == Table.Type.TIMESPAN && operator.equals("*")) {
            return temporal(operator, right, left);
        }
        throw undefined(operator, left, right);
    }

    private static KqlException undefined(String operator, Scalar left, Scalar right) {
        return KqlException.semantic("The operator '%s' is not defined for the operand types %s and %s."
                .formatted(operator, Values.name(left.type()), Values.name(right.type())));
    }

    Scalar negated(Scalar operand) {
        return switch (operand.type()) {
            case INT, LONG, REAL, DYNAMIC -> arithmetic("-", Scalar.constant(Table.Type.LONG, 0L), operand);
            case TIMESPAN -> arithmetic("-", Scalar.constant(Table.Type.TIMESPAN, Duration.ZERO), operand);
            default ->
                throw KqlException.semantic("The operator '-' is not defined for the operand type %s."
                        .formatted(Values.name(operand.type())));
        };
    }
}
