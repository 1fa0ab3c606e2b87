package dev.gatehouse.intake.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Microsoft's timestamps: {@code 2026-01-01T00:00:00Z} with up to nine fraction digits (they send seven), with {@code Z},
 * another offset, or nothing, which then means UTC.
 */
final class Times {

    /** What .NET's DateTimeOffset, where these come from, and PostgreSQL's timestamptz both can hold. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Times() {}

    /** The instant, or empty when the text is none or lies outside the years 1 to 9999. */
    static Optional<Instant> read(String text) {
        var trimmed = text.strip().replace(' ', 'T');
        return parse(trimmed).filter(instant -> !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST));
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return parseWithoutOffset(text);
        }
    }

    private static Optional<Instant> parseWithoutOffset(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
