package dev.gatehouse.simulator.graph;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The time that a hunting query looks at, both ends included. Samples, all documented: {@code P30D}, {@code PT12H},
 * {@code 2026-01-01T00:00:00Z/2026-01-02T00:00:00Z}, {@code 2026-01-01/P7D}, {@code P7D/2026-01-08},
 * {@code 2026-01-01T00:00:00Z} (from then until now).
 */
record Timespan(Instant from, Instant to) {

    /** How far back hunting looks, asked or not (security API overview, quotas). */
    private static final Duration FARTHEST = Duration.ofDays(30);

    private static final Pattern DURATION = Pattern.compile("P(?<days>[^T]*)(?<time>T.+)?");

    static Timespan parse(Optional<String> text, Instant now) throws Refused {
        try {
            var asked = text.isEmpty()
                    ? new Timespan(now.minus(FARTHEST), now)
                    : parse(text.get().strip(), now);
            var earliest = now.minus(FARTHEST);
            return new Timespan(asked.from.isBefore(earliest) ? earliest : asked.from, asked.to);
        } catch (DateTimeException | ArithmeticException exception) {
            throw Refused.badRequest("The timespan '%s' is not valid: it must be an ISO 8601 duration or interval."
                    .formatted(text.orElse("")));
        }
    }

    private static Timespan parse(String text, Instant now) {
        var parts = text.split("/", -1);
        return switch (parts.length) {
            case 1 ->
                isDuration(text) ? new Timespan(now.minus(duration(text)), now) : new Timespan(instant(text), now);
            case 2 -> {
                if (isDuration(parts[0])) {
                    var to = instant(parts[1]);
                    yield new Timespan(to.minus(duration(parts[0])), to);
                }
                var from = instant(parts[0]);
                yield new Timespan(from, isDuration(parts[1]) ? from.plus(duration(parts[1])) : instant(parts[1]));
            }
            default -> throw new DateTimeException("An interval has two ends");
        };
    }

    private static boolean isDuration(String text) {
        return text.startsWith("P");
    }

    /** Weeks, days and times of day. Months and years are taken as they count from the first of January 1970. */
    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("Not a duration");
        }
        var days = matcher.group("days");
        var time = matcher.group("time");
        if (days.isEmpty() && time == null) {
            throw new DateTimeException("An empty duration");
        }
        var dates = days.isEmpty() ? Period.ZERO : Period.parse("P" + days);
        var length = Duration.ofDays(LocalDate.EPOCH.plus(dates).toEpochDay());
        return time == null ? length : length.plus(Duration.parse("P" + time));
    }

    private static Instant instant(String text) {
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    boolean contains(Instant instant) {
        return !instant.isBefore(from) && !instant.isAfter(to);
    }
}
