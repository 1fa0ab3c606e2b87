package dev.gatehouse.workbench.web.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page of ours with the parameters that say what it shows. Its text is the encoded address; empty parameters are left
 * out of it.
 *
 * @param path from the root, e.g. {@code /vendor-alerts}
 * @param parameters in the order in which they are written
 */
public record Address(String path, Map<String, String> parameters) {

    public Address {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A page without parameters. */
    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /** The same address with another value for one parameter. */
    public Address with(String name, Object value) {
        var changed = new LinkedHashMap<>(parameters);
        changed.put(name, value.toString());
        return new Address(path, changed);
    }

    @Override
    public String toString() {
        var query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }
}
