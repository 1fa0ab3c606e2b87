package dev.gatehouse.intake.poll;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/**
 * Instants as Graph and Kusto take them: seven fraction digits, their whole precision. A window's edges are widened to
 * that precision, never narrowed, so that none of it is left out.
 */
final class GraphTime {

    private static final DateTimeFormatter SEVEN_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final int TICK_NANOS = 100;

    private GraphTime() {}

    /** The start of a window: {@code 2026-01-01T00:00:00.1234567Z}. What is finer than a tick is cut. */
    static String from(Instant instant) {
        return SEVEN_DIGITS.format(instant);
    }

    /** The end of a window, not included. What is finer than a tick is rounded up. */
    static String to(Instant instant) {
        var finer = instant.get(ChronoField.NANO_OF_SECOND) % TICK_NANOS;
        return SEVEN_DIGITS.format(finer == 0 ? instant : instant.plusNanos(TICK_NANOS - finer));
    }

    /** A time span around a window in whole seconds, {@code start/end}, for the interface that also bounds a query. */
    static String spanAround(Instant from, Instant to) {
        return "%s/%s"
                .formatted(
                        SECONDS.format(from),
                        SECONDS.format(to.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)));
    }
}
