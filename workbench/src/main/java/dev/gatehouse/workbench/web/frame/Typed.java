package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.model.Feed;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Reads what stands in addresses and in the browser's fields. */
public final class Typed {

    /** What to say when a time is none. */
    public static final String TIME_PROBLEM =
            "Enter times as date and time, for example 2026-11-23T09:00. They are in UTC.";

    private Typed() {}

    /** An id; empty when the text is none. */
    public static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The feed with that key; empty when there is none. */
    public static Optional<Feed> feed(String key) {
        return Arrays.stream(Feed.values())
                .filter(each -> each.key().equals(key))
                .findFirst();
    }

    /**
     * A date and time without a zone, as browsers' fields have them; the page says that they are in UTC.
     *
     * @return empty when the text is blank
     * @throws java.time.DateTimeException when it is no such time
     */
    public static Optional<Instant> time(String text) {
        return text.isBlank()
                ? Optional.empty()
                : Optional.of(LocalDateTime.parse(text.strip()).toInstant(ZoneOffset.UTC));
    }
}
