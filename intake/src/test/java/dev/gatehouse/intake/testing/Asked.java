package dev.gatehouse.intake.testing;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * A request as the pretend Microsoft received it.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri path and query, as sent
 * @param headers the first value of each, by small letters
 * @param body the text
 */
public record Asked(String method, URI uri, Map<String, String> headers, String body) {

    /** A header's value, empty when it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
