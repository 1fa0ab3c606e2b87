package dev.gatehouse.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decoded {@code name=value} pairs of a query or a form, in order. */
public final class Parameters {

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads {@code a=1&b=two%20words}.
     *
     * @throws IllegalArgumentException when a percent sign is not followed by two hexadecimal digits
     */
    public static Parameters parse(String encoded) {
        var values = new LinkedHashMap<String, List<String>>();
        Arrays.stream(encoded.split("&")).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            var equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        });
        return new Parameters(values);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The first value under that name; may be empty text when the name stands alone. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(values.get(name)).map(List::getFirst);
    }

    /** The first value under that name unless it is blank, which Microsoft treats as absent. */
    public Optional<String> filled(String name) {
        return first(name).filter(value -> !value.isBlank());
    }

    /** All names in the order in which they came. */
    public Set<String> names() {
        return values.keySet();
    }
}
