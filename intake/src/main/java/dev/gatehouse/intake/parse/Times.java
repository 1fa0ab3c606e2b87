package dev.gatehouse.intake.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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

    /** Where the fraction of a second begins, or the offset. */
    private static final int SECONDS_END = 19;

    private Times() {}

    /** The instant, or empty when the text is none or lies outside the years 1 to 9999. */
    static Optional<Instant> read(String text) {
        var trimmed = text.strip().replace(' ', 'T');
        return parse(trimmed).filter(instant -> !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST));
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(isAsUsual(text) ? usual(text) : Instant.parse(text));
        } catch (DateTimeException e) {
            return parseWithoutOffset(text);
        }
    }

    /** {@code 2026-01-01T00:00:00}, up to nine digits of a fraction, and {@code Z}: as nearly all of them are. */
    private static boolean isAsUsual(String text) {
        var last = text.length() - 1;
        if (last < SECONDS_END || last == SECONDS_END + 1 || last > SECONDS_END + 10 || text.charAt(last) != 'Z') {
            return false;
        }
        for (var index = 0; index < last; index++) {
            var character = text.charAt(index);
            var isRight =
                    switch (index) {
                        case 4, 7 -> character == '-';
                        case 10 -> character == 'T';
                        case 13, 16 -> character == ':';
                        case SECONDS_END -> character == '.';
                        default -> character >= '0' && character <= '9';
                    };
            if (!isRight) {
                return false;
            }
        }
        // The end of a day and leap seconds are left to others.
        return number(text, 11, 13) < 24 && number(text, 17, SECONDS_END) < 60;
    }

    /** A fifth of what a formatter takes; a page of alerts has some thousand times. */
    private static Instant usual(String text) {
        var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        var last = text.length() - 1;
        var nanos = last == SECONDS_END ? 0 : number(text, SECONDS_END + 1, last);
        for (var digits = Math.max(0, last - SECONDS_END - 1); digits > 0 && digits < 9; digits++) {
            nanos *= 10;
        }
        return LocalDateTime.of(
                        day,
                        LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, SECONDS_END), nanos))
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        var number = 0;
        for (var index = from; index < to; index++) {
            number = 10 * number + text.charAt(index) - '0';
        }
        return number;
    }

    private static Optional<Instant> parseWithoutOffset(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
