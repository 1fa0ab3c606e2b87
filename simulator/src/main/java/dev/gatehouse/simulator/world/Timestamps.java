package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as Microsoft writes them. */
final class Timestamps {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** {@code 2021-04-26T07:45:50.116Z}: up to seven digits, without zeros at the end. */
    static String text(Instant instant) {
        return FORMAT.format(instant);
    }

    /**
     * The next time that Microsoft's incident store can hold. Every {@code lastUpdateDateTime} that Microsoft has
     * published ends in thirds of a hundredth, {@code .2766667} or {@code .2133333}: SQL Server's {@code datetime}.
     */
    static Instant storeTime(Instant instant) {
        var third = Math.ceilDiv(instant.getNano() * 300L, 1_000_000_000L);
        var nanos = Math.round(third * 10_000_000 / 300.0) * 100;
        return Instant.ofEpochSecond(instant.getEpochSecond()).plusNanos(nanos);
    }
}
