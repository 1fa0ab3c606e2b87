package dev.gatehouse.workbench.web.api.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The terms of one filter on a text. Any of the positive ones has to hold, and none of the negative ones may be violated.
 *
 * <pre>
 * Contoso    equal          ~contoso   equal in any case    !Contoso   not equal
 * :conto     contains       ^Con       starts with          both in any case
 * </pre>
 *
 * Commas separate terms, so {@code healthy,unhealthy} is either.
 */
public final class Terms implements Predicate<String> {

    private final List<String> positive;
    private final List<String> negative;

    public Terms(List<String> values) {
        var terms = values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(term -> !term.isEmpty())
                .toList();
        positive = terms.stream().filter(term -> !term.startsWith("!")).toList();
        negative = terms.stream()
                .filter(term -> term.startsWith("!"))
                .map(term -> term.substring(1))
                .toList();
    }

    @Override
    public boolean test(String text) {
        return negative.stream().noneMatch(text::equals)
                && (positive.isEmpty() || positive.stream().anyMatch(term -> matches(term, text)));
    }

    private static boolean matches(String term, String text) {
        var rest = term.substring(1).toLowerCase(Locale.ROOT);
        var lower = text.toLowerCase(Locale.ROOT);
        return switch (term.charAt(0)) {
            case ':' -> lower.contains(rest);
            case '^' -> lower.startsWith(rest);
            case '~' -> lower.equals(rest);
            default -> text.equals(term);
        };
    }
}
