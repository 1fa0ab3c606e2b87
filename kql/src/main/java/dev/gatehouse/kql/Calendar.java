package dev.gatehouse.kql;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Days, weeks, months and years in UTC. Weeks start on Sunday, as in Kusto. */
final class Calendar {

    private Calendar() {}

    /** Null outside of the years 1 to 9999. */
    static @Nullable Instant startOf(String unit, @Nullable Instant time, long offset) {
        if (time == null) {
            return null;
        }
        try {
            return within(startOf(unit, utc(time)).plus(offset, unit(unit)));
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    /** The last tick before the next one starts. */
    static @Nullable Instant endOf(String unit, @Nullable Instant time, long offset) {
        if (time == null) {
            return null;
        }
        try {
            return within(startOf(unit, utc(time))
                    .plus(offset, unit(unit))
                    .plus(1, unit(unit))
                    .minusNanos(100));
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    /** How many times a unit begins after the one and until the other; empty for an unknown unit. */
    static OptionalLong boundariesBetween(String unitName, Instant from, Instant to) {
        LocalDateTime first = utc(from);
        LocalDateTime second = utc(to);
        return switch (unitName.toLowerCase(Locale.ROOT)) {
            case "year" -> OptionalLong.of(second.getYear() - (long) first.getYear());
            case "quarter" ->
                OptionalLong.of(second.getLong(IsoFields.QUARTER_OF_YEAR)
                        - first.getLong(IsoFields.QUARTER_OF_YEAR)
                        + 4L * (second.getYear() - first.getYear()));
            case "month" ->
                OptionalLong.of(
                        second.getLong(ChronoField.PROLEPTIC_MONTH) - first.getLong(ChronoField.PROLEPTIC_MONTH));
            case "week" -> OptionalLong.of(ChronoUnit.WEEKS.between(startOf("week", first), startOf("week", second)));
            case "day" -> OptionalLong.of(difference(from, to, Times.TICKS_PER_DAY));
            case "hour" -> OptionalLong.of(difference(from, to, 3_600 * Times.TICKS_PER_SECOND));
            case "minute" -> OptionalLong.of(difference(from, to, 60 * Times.TICKS_PER_SECOND));
            case "second" -> OptionalLong.of(difference(from, to, Times.TICKS_PER_SECOND));
            case "millisecond" -> OptionalLong.of(difference(from, to, Times.TICKS_PER_SECOND / 1_000));
            case "microsecond" -> OptionalLong.of(difference(from, to, 10));
            default -> OptionalLong.empty();
        };
    }

    private static long difference(Instant from, Instant to, long ticks) {
        return Math.floorDiv(Times.ticks(to), ticks) - Math.floorDiv(Times.ticks(from), ticks);
    }

    /** Null for an unknown unit, and outside of the years 1 to 9999. */
    static @Nullable Instant add(String unit, long amount, Instant time) {
        try {
            return switch (unit.toLowerCase(Locale.ROOT)) {
                case "quarter" -> within(utc(time).plusMonths(Math.multiplyExact(amount, 3)));
                case "year", "month", "week", "day", "hour", "minute", "second" ->
                    within(utc(time).plus(amount, unit(unit.toLowerCase(Locale.ROOT))));
                case "millisecond" -> within(utc(time).plus(amount, ChronoUnit.MILLIS));
                case "microsecond" -> within(utc(time).plus(amount, ChronoUnit.MICROS));
                default -> null;
            };
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    static @Nullable Long part(String part, @Nullable Instant time) {
        if (time == null) {
            return null;
        }
        LocalDateTime moment = utc(time);
        return switch (part.toLowerCase(Locale.ROOT)) {
            case "year" -> (long) moment.getYear();
            case "quarter" -> moment.getLong(IsoFields.QUARTER_OF_YEAR);
            case "month" -> (long) moment.getMonthValue();
            case "week_of_year", "weekofyear" -> moment.getLong(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "day" -> (long) moment.getDayOfMonth();
            case "dayofyear" -> (long) moment.getDayOfYear();
            case "hour" -> (long) moment.getHour();
            case "minute" -> (long) moment.getMinute();
            case "second" -> (long) moment.getSecond();
            case "millisecond" -> (long) moment.getNano() / 1_000_000;
            case "microsecond" -> (long) moment.getNano() / 1_000;
            default -> null;
        };
    }

    static Duration sinceSunday(Instant time) {
        return Duration.ofDays(utc(time).getDayOfWeek().getValue() % 7);
    }

    /** With Kusto's letters: {@code yyyy-MM-dd HH:mm:ss.fffffff}, {@code hh tt}; everything else stays as it is. */
    static String format(Instant time, String format) {
        LocalDateTime moment = utc(time);
        var text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char letter = format.charAt(at);
            int end = at;
            while (end < format.length() && format.charAt(end) == letter) {
                end++;
            }
            int width = end - at;
            text.append(
                    switch (letter) {
                        case 'y' ->
                            width <= 2 ? padded(moment.getYear() % 100, width) : padded(moment.getYear(), width);
                        case 'M' -> padded(moment.getMonthValue(), width);
                        case 'd' -> padded(moment.getDayOfMonth(), width);
                        case 'H' -> padded(moment.getHour(), width);
                        case 'h' -> padded(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM), width);
                        case 'm' -> padded(moment.getMinute(), width);
                        case 's' -> padded(moment.getSecond(), width);
                        case 'f', 'F' -> padded(moment.getNano() / 100, 7).substring(0, Math.min(width, 7));
                        case 't' -> moment.getHour() < 12 ? "AM" : "PM";
                        default -> format.substring(at, end);
                    });
            at = end;
        }
        return text.toString();
    }

    private static String padded(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, Math.min(width, 20) - digits.length())) + digits;
    }

    private static LocalDateTime startOf(String unit, LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        return switch (unit) {
            case "week" ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)).atStartOfDay();
            case "month" -> day.withDayOfMonth(1).atStartOfDay();
            case "year" -> day.withDayOfYear(1).atStartOfDay();
            default -> day.atStartOfDay();
        };
    }

    private static ChronoUnit unit(String name) {
        return switch (name) {
            case "year" -> ChronoUnit.YEARS;
            case "month" -> ChronoUnit.MONTHS;
            case "week" -> ChronoUnit.WEEKS;
            case "hour" -> ChronoUnit.HOURS;
            case "minute" -> ChronoUnit.MINUTES;
            case "second" -> ChronoUnit.SECONDS;
            default -> ChronoUnit.DAYS;
        };
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static @Nullable Instant within(LocalDateTime time) {
        return time.getYear() < 1 || time.getYear() > 9999 ? null : time.toInstant(ZoneOffset.UTC);
    }
}
