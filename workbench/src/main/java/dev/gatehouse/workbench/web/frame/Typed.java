package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.model.Feed;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Reads what stands in addresses and in the browser's fields. */
public final class Typed {

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
     * A date and time without a zone, as browsers' fields have them.
     *
     * @param zone that it is meant in, which the form says
     * @return empty when the text is blank
     * @throws java.time.DateTimeException when it is no such time
     */
    public static Optional<Instant> time(String text, ZoneId zone) {
        return text.isBlank()
                ? Optional.empty()
                : Optional.of(LocalDateTime.parse(text.strip()).atZone(zone).toInstant());
    }

    /** A time as addresses have it, in UTC: {@code 2026-11-23T09:00}. */
    public static String text(Instant time) {
        return LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC)
                .toString();
    }
}
