package dev.gatehouse.simulator.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** HTTP's own date format: {@code Mon, 23 Nov 2026 12:00:00 GMT}. */
public final class HttpDate {

    /** Always with two digits for the day, unlike {@code RFC_1123_DATE_TIME}. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }
}
