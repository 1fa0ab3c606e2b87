package dev.gatehouse.workbench.notifications;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One condition of a rule.
 *
 * @param field what it asks about
 * @param operator how
 * @param values any of which is meant; compared without regard to case
 */
public record Conditional(ConditionField field, Operator operator, List<String> values) {

    public Conditional {
        values = List.copyOf(values);
    }

    /** How a condition compares. */
    public enum Operator {
        IS("is"),
        IS_NOT("is not");

        private final String title;

        Operator(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** The word in the API, e.g. {@code is_not}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The operator with that {@link #key()}; empty when there is none. */
        public static Optional<Operator> named(String key) {
            return Arrays.stream(values())
                    .filter(operator -> operator.key().equals(key))
                    .findFirst();
        }
    }

    /** How the conditions of a rule belong together. */
    public enum Together {
        ALL_OF("all of these hold"),
        ANY_OF("any of these holds");

        private final String title;

        Together(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** Whether it holds; what an event says nothing about is none of the values. */
    boolean holds(EventFacts facts, Optional<String> me) {
        var isOne = values.stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .map(value -> value.equals(ConditionField.ME) ? me.orElse(value) : value)
                .anyMatch(value -> facts.of(field).contains(value));
        return operator == Operator.IS ? isOne : !isOne;
    }

    /** As a sentence, e.g. {@code Severity is HIGH or CRITICAL}. */
    public String sentence() {
        return "%s %s %s".formatted(field.title(), operator.title(), String.join(" or ", values));
    }
}
