package dev.gatehouse.kql;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands for a value, as it was written. */
sealed interface Expression {

    /** A value of a known type; null is the type's null. */
    record Literal(Table.Type type, @Nullable Object value) implements Expression {}

    /** A column, a {@code let}, or a table where one may stand. */
    record Name(String text) implements Expression {}

    /** All columns, in {@code arg_max(Timestamp, *)} and {@code distinct *}. */
    record Star() implements Expression {}

    /** {@code bag.member} */
    record Member(Expression bag, String member) implements Expression {}

    /** {@code bag["member"]} and {@code array[0]} */
    record Index(Expression bag, Expression index) implements Expression {}

    /** {@code name(arguments)}: a function, an aggregate, or a function made with {@code let}. */
    record Call(String name, List<Expression> arguments) implements Expression {}

    record Negated(Expression operand) implements Expression {}

    /** Comparisons, text operators and arithmetic: {@code ==}, {@code !contains}, {@code +}. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record And(List<Expression> operands) implements Expression {}

    record Or(List<Expression> operands) implements Expression {}

    /** {@code in}, {@code has_any}, {@code has_all} and their variants, with what stands in the parentheses. */
    record Membership(String operator, Expression operand, List<Expression> candidates) implements Expression {}

    record Between(Expression operand, Expression low, Expression high, boolean reversed) implements Expression {}

    /** A whole query where a value or a list may stand. */
    record Subquery(Pipeline pipeline) implements Expression {}

    /** {@code name = expression}, {@code (first, second) = expression}, or an expression that names itself. */
    record Named(List<String> names, Expression expression) {
        Optional<String> name() {
            return names.stream().findFirst();
        }
    }

    /** {@code expression desc nulls last}, with all that was left out filled in. */
    record Ordering(Expression expression, boolean descending, boolean nullsFirst) {}
}
