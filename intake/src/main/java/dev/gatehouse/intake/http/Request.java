package dev.gatehouse.intake.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is sent. It prints without headers and body, which may hold tokens and secrets.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri where to
 * @param headers one value per name
 * @param body text that is sent in UTF-8
 */
public record Request(String method, URI uri, Map<String, String> headers, Optional<String> body) {

    public Request {
        headers = Map.copyOf(headers);
    }

    public static Request get(URI uri) {
        return new Request("GET", uri, Map.of(), Optional.empty());
    }

    public static Request post(URI uri, String contentType, String body) {
        return new Request("POST", uri, Map.of("Content-Type", contentType), Optional.of(body));
    }

    /** The same with one header more. */
    public Request with(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Request(method, uri, all, body);
    }

    byte[] bodyBytes() {
        return body.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "%s %s".formatted(method, uri);
    }
}
