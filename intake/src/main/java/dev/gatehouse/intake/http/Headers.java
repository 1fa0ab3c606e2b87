package dev.gatehouse.intake.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The headers of an answer. Names are found in any case.
 *
 * @param values all values per name, in the order received
 */
public record Headers(Map<String, List<String>> values) {

    public Headers {
        var copy = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        values = Collections.unmodifiableMap(copy);
    }

    /** The first value of a header that is not blank. */
    public Optional<String> first(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The other side's clock: the {@code Date} header, in whole seconds. */
    public Optional<Instant> date() {
        return first("Date").flatMap(Headers::parseDate);
    }

    /** Reads an HTTP-date as RFC 9110 has it today, e.g. {@code Mon, 23 Nov 2026 12:00:00 GMT}. */
    public static Optional<Instant> parseDate(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
