package dev.gatehouse.workbench.web.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The values that a form was made from. They travel with it in a hidden field, so that whoever saves what somebody else has
 * changed meanwhile hears of it, and of what was changed. Secrets have no place in them.
 */
public final class SeenValues {

    /** The hidden field. */
    public static final String FIELD = "seen";

    /**
     * A value that is another than the form was made from.
     *
     * @param field its name in the form
     * @param before what it was; empty when it held nothing
     * @param now what it is; empty when it holds nothing
     */
    public record Change(String field, String before, String now) {}

    private SeenValues() {}

    /** As the hidden field has them. */
    public static String text(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(value -> encoded(value.getKey()) + ":" + encoded(value.getValue()))
                        .collect(Collectors.joining(","));
    }

    /**
     * What has changed since the form was made; empty when nothing has, or when the form does not say what it was made from.
     *
     * @param typed the form
     * @param now the values as they are
     */
    public static List<Change> changes(Map<String, String> typed, Map<String, String> now) {
        var seen = read(typed.getOrDefault(FIELD, ""));
        return seen.isEmpty()
                ? List.of()
                : now.entrySet().stream()
                        .filter(value -> !value.getValue().equals(seen.get().getOrDefault(value.getKey(), "")))
                        .map(value -> new Change(
                                value.getKey(), seen.get().getOrDefault(value.getKey(), ""), value.getValue()))
                        .toList();
    }

    private static Optional<Map<String, String>> read(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            var values = new LinkedHashMap<String, String>();
            Arrays.stream(text.split(",", -1))
                    .map(value -> value.split(":", 2))
                    .forEach(value -> values.put(decoded(value[0]), decoded(value[1])));
            return Optional.of(values);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
