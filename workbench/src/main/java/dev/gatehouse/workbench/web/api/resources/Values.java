package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The values of filters: what a client writes, as the type of the attribute has it. */
final class Values {

    private Values() {}

    /**
     * A value as PostgreSQL can cast it to the type.
     *
     * @throws Refusal that names the filter
     */
    static String sql(Criterion criterion, Type type, String value) {
        return switch (type) {
            case TEXT, TEXTS, JSON -> Columns.text(chosen(criterion, value));
            case INTEGER -> Long.toString(number(criterion, value));
            case BOOLEAN -> Boolean.toString(bool(criterion, value));
            case TIME -> Columns.timestamp(time(criterion, value)).toString();
        };
    }

    /** One of a closed list is meant in any case. */
    static String chosen(Criterion criterion, String value) {
        return criterion
                .attribute()
                .flatMap(attribute -> attribute.choices().stream()
                        .filter(choice -> choice.equalsIgnoreCase(value.strip()))
                        .findFirst())
                .orElse(value);
    }

    /**
     * That all values are of the type, whether there is anything to compare them with or not.
     *
     * @throws Refusal that names the filter
     */
    static void check(Criterion criterion, Type type) {
        for (var term : criterion.terms()) {
            switch (term.operator()) {
                case EQUAL, NOT_EQUAL, GREATER, LESS, AT_LEAST, AT_MOST -> sql(criterion, type, term.value());
                case EQUAL_IN_ANY_CASE, CONTAINS, STARTS_WITH, NULL, NOT_NULL -> {
                    // Any text will do, or there is none.
                }
            }
        }
    }

    static long number(Criterion criterion, String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw refusal(criterion, value, "a whole number");
        }
    }

    /** Known clients write {@code True} and {@code False}. */
    static boolean bool(Criterion criterion, String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw refusal(criterion, value, "true or false");
        };
    }

    /** What documents show has milliseconds, so that is how finely times are compared. */
    static Instant time(Criterion criterion, String value) {
        var field = criterion.parameter().replaceFirst("^filter\\[", "").replaceFirst("]$", "");
        return Query.time(field, value).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Refusal refusal(Criterion criterion, String value, String wanted) {
        return Refusal.parameter(criterion.parameter(), "'%s' is not %s.".formatted(value, wanted));
    }
}
