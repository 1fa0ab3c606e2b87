package dev.gatehouse.workbench.web.api.resources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One value of a filter, with what it is to be to the attribute.
 *
 * <pre>
 * Contoso    equal          ~contoso   equal in any case    !Contoso   not equal
 * :conto     contains       ^Con       starts with          both in any case
 * &gt;5         greater        &lt;5         less                 &gt;=5        greater or equal, likewise &lt;=
 * ␀true      is null        ␀false     is not null
 * </pre>
 *
 * @param operator what it is to be
 * @param value without the sign
 */
record Term(Operator operator, String value) {

    enum Operator {
        EQUAL,
        EQUAL_IN_ANY_CASE,
        CONTAINS,
        STARTS_WITH,
        NOT_EQUAL,
        GREATER,
        LESS,
        AT_LEAST,
        AT_MOST,
        NULL,
        NOT_NULL;

        /** Whether one of several such terms suffices; of all others each has to hold. */
        boolean isAlternative() {
            return switch (this) {
                case EQUAL, EQUAL_IN_ANY_CASE, CONTAINS, STARTS_WITH, NULL -> true;
                case NOT_EQUAL, GREATER, LESS, AT_LEAST, AT_MOST, NOT_NULL -> false;
            };
        }
    }

    private static final char NULL_SIGN = '\u2400';

    /** What a script sends for a bound that it was not given. */
    private static final String NO_BOUND = "None";

    /**
     * The terms of a filter.
     *
     * @param values each time that it stands in the query; commas separate alternatives
     */
    static List<Term> of(List<String> values) {
        var terms = new ArrayList<Term>();
        for (var value : values) {
            add(value, terms);
        }
        return List.copyOf(terms);
    }

    private static void add(String value, List<Term> terms) {
        var whole = of(value);
        if (whole.isEmpty()) {
            return;
        }
        var operator = whole.get().operator();
        terms.add(whole.get());
        if (!value.contains(",") || !(operator.isAlternative() || operator == Operator.NOT_EQUAL)) {
            return;
        }
        // A comma may also belong to a text, so that the whole stays one of the alternatives.
        for (var part : whole.get().value().split(",", -1)) {
            if (!part.isBlank()) {
                terms.add(of(part.strip())
                        .filter(own -> own.operator() != Operator.EQUAL)
                        .orElse(new Term(operator, part.strip())));
            }
        }
    }

    private static Optional<Term> of(String value) {
        if (value.isEmpty()) {
            return Optional.of(new Term(Operator.EQUAL, value));
        }
        var rest = value.substring(1);
        return switch (value.charAt(0)) {
            case '!' -> Optional.of(new Term(Operator.NOT_EQUAL, rest));
            case ':' -> Optional.of(new Term(Operator.CONTAINS, rest));
            case '^' -> Optional.of(new Term(Operator.STARTS_WITH, rest));
            case '~' -> Optional.of(new Term(Operator.EQUAL_IN_ANY_CASE, rest));
            case '>' -> bound(Operator.GREATER, Operator.AT_LEAST, rest);
            case '<' -> bound(Operator.LESS, Operator.AT_MOST, rest);
            case NULL_SIGN ->
                Optional.of(new Term(
                        rest.toLowerCase(Locale.ROOT).equals("false") ? Operator.NOT_NULL : Operator.NULL, ""));
            default -> Optional.of(new Term(Operator.EQUAL, value));
        };
    }

    private static Optional<Term> bound(Operator strict, Operator orEqual, String rest) {
        if (rest.equals(NO_BOUND)) {
            return Optional.empty();
        }
        return Optional.of(rest.startsWith("=") ? new Term(orEqual, rest.substring(1)) : new Term(strict, rest));
    }

    /** The values of the terms with one of these operators. */
    static List<String> values(List<Term> terms, Operator... operators) {
        var wanted = Arrays.asList(operators);
        return terms.stream()
                .filter(term -> wanted.contains(term.operator()))
                .map(Term::value)
                .toList();
    }
}
