package dev.gatehouse.kql;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points in time and spans as Kusto knows them: counted in ticks of 100 nanoseconds, points from the year 1 to the year
 * 9999 in UTC, spans of any 64-bit number of ticks.
 */
final class Times {

    static final long TICKS_PER_SECOND = 10_000_000L;
    static final long TICKS_PER_DAY = 86_400L * TICKS_PER_SECOND;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999900Z");
    private static final long FIRST_SECOND = FIRST.getEpochSecond();
    private static final long LAST_TICK = ticks(LAST);

    private static final Pattern POINT = Pattern.compile(
            "(\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?(?:[T ]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.](\\d{1,9}))?)?)?\\s*(Z|z|[+-]\\d{2}:\\d{2})?");
    private static final Pattern SPAN =
            Pattern.compile("(-)?(?:(\\d{1,8})[.])?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.](\\d{1,7}))?)?");
    private static final Pattern AMOUNT = Pattern.compile("(-?\\d+(?:[.]\\d+)?)\\s*([a-z]+)?");

    private Times() {}

    /** Ticks since the first instant of the year 1. */
    static long ticks(Instant instant) {
        return (instant.getEpochSecond() - FIRST_SECOND) * TICKS_PER_SECOND + instant.getNano() / 100;
    }

    /** Null when outside of the years 1 to 9999. */
    static @Nullable Instant instant(long ticks) {
        return ticks < 0 || ticks > LAST_TICK
                ? null
                : Instant.ofEpochSecond(FIRST_SECOND + ticks / TICKS_PER_SECOND, ticks % TICKS_PER_SECOND * 100);
    }

    /** Saturates: a span too long for 64 bits becomes the longest one. */
    static long ticks(Duration span) {
        try {
            return Math.addExact(Math.multiplyExact(span.getSeconds(), TICKS_PER_SECOND), span.getNano() / 100);
        } catch (ArithmeticException _) {
            return span.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Duration span(long ticks) {
        return Duration.ofSeconds(Math.floorDiv(ticks, TICKS_PER_SECOND), Math.floorMod(ticks, TICKS_PER_SECOND) * 100);
    }

    static @Nullable Instant plus(Instant instant, long ticks) {
        try {
            return instant(Math.addExact(ticks(instant), ticks));
        } catch (ArithmeticException _) {
            return null;
        }
    }

    /** Reads {@code 2026-01-31}, {@code 2026-01-31 10:00}, {@code 2026-01-31T10:00:00.1234567Z} and the like; no zone is UTC. */
    static Optional<Instant> parseInstant(String text) {
        Matcher matcher = POINT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date =
                    LocalDate.of(number(matcher.group(1), 1), number(matcher.group(2), 1), number(matcher.group(3), 1));
            LocalTime time = LocalTime.of(
                    number(matcher.group(4), 0),
                    number(matcher.group(5), 0),
                    number(matcher.group(6), 0),
                    number(fraction(matcher.group(7), 9), 0));
            @Nullable String zone = matcher.group(8);
            ZoneOffset offset = zone == null || zone.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone);
            Instant instant = OffsetDateTime.of(date, time, offset).toInstant();
            return instant.isBefore(FIRST) || instant.isAfter(LAST) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Reads {@code 1.02:03:04.5}, {@code 02:03:04}, {@code 30m}; a number alone counts days. */
    static Optional<Duration> parseSpan(String text) {
        String stripped = text.strip();
        Matcher clock = SPAN.matcher(stripped);
        if (clock.matches()) {
            long seconds = number(clock.group(2), 0) * 86_400L
                    + number(clock.group(3), 0) * 3_600L
                    + number(clock.group(4), 0) * 60L
                    + number(clock.group(5), 0);
            Duration span = Duration.ofSeconds(seconds, number(fraction(clock.group(6), 9), 0));
            return Optional.of(clock.group(1) == null ? span : span.negated());
        }
        Matcher amount = AMOUNT.matcher(stripped);
        if (!amount.matches()) {
            return Optional.empty();
        }
        @Nullable String unit = amount.group(2);
        return spanOf(String.valueOf(amount.group(1)), unit == null ? "d" : unit);
    }

    /** The span of, say, {@code 1.5} and {@code h}; empty when the unit is unknown or the span too long. */
    static Optional<Duration> spanOf(String amount, String unit) {
        long ticksPerUnit =
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "d", "day", "days" -> TICKS_PER_DAY;
                    case "h", "hr", "hrs", "hour", "hours" -> 3_600 * TICKS_PER_SECOND;
                    case "m", "min", "minute", "minutes" -> 60 * TICKS_PER_SECOND;
                    case "s", "sec", "second", "seconds" -> TICKS_PER_SECOND;
                    case "ms", "milli", "millis", "millisecond", "milliseconds" -> TICKS_PER_SECOND / 1_000;
                    case "micro", "micros", "microsecond", "microseconds" -> 10;
                    case "tick", "ticks" -> 1;
                    default -> 0;
                };
        if (ticksPerUnit == 0 || amount.length() > 30) {
            return Optional.empty();
        }
        try {
            BigDecimal ticks = new BigDecimal(amount).multiply(BigDecimal.valueOf(ticksPerUnit));
            return Optional.of(
                    span(ticks.setScale(0, java.math.RoundingMode.DOWN).longValueExact()));
        } catch (ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** {@code 2026-01-31T10:00:00.1234567Z}, always with seven digits, as Kusto's {@code tostring()}. */
    static String text(Instant instant) {
        var time = instant.atOffset(ZoneOffset.UTC);
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d.%07dZ",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getNano() / 100);
    }

    /** {@code 1.02:03:04.0000005}; days and fraction only when there are any. */
    static String text(Duration span) {
        Duration size = span.abs();
        long ticks = ticks(size);
        long days = ticks / TICKS_PER_DAY;
        long fraction = ticks % TICKS_PER_SECOND;
        return (span.isNegative() ? "-" : "")
                + (days > 0 ? days + "." : "")
                + String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d",
                        ticks / (3_600 * TICKS_PER_SECOND) % 24,
                        ticks / (60 * TICKS_PER_SECOND) % 60,
                        ticks / TICKS_PER_SECOND % 60)
                + (fraction > 0 ? String.format(Locale.ROOT, ".%07d", fraction) : "");
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static @Nullable String fraction(@Nullable String digits, int places) {
        return digits == null ? null : (digits + "0".repeat(places)).substring(0, places);
    }
}
