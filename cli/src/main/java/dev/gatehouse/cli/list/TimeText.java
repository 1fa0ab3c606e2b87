package dev.gatehouse.cli.list;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Reads the times that options take. */
public final class TimeText {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    private TimeText() {}

    /**
     * The moment that somebody means, as the API takes it.
     *
     * @param option whose value it is, for the message
     * @throws Failure when it is no time
     */
    public static String parse(String option, String text) {
        return parse(option, text, InstantSource.system()).toString();
    }

    /**
     * The moment that somebody means by {@code 24h}, {@code 2026-11-23} or a time with a zone.
     *
     * @param option whose value it is, for the message
     * @throws Failure when it is no time
     */
    static Instant parse(String option, String text, InstantSource clock) {
        var ago = AGO.matcher(text.strip());
        if (ago.matches()) {
            var count = Long.parseLong(ago.group(1));
            return clock.instant()
                    .minus(
                            switch (ago.group(2)) {
                                case "s" -> Duration.ofSeconds(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                default -> Duration.ofDays(count);
                            });
        }
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text.strip()).toInstant()
                    : LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "%s '%s' is no time. Use 30m, 24h, 7d, a date such as 2026-11-23, or 2026-11-23T12:00:00Z."
                            .formatted(option, text),
                    e);
        }
    }
}
