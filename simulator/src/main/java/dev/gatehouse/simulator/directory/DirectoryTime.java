package dev.gatehouse.simulator.directory;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the directory writes them: seven digits of a second, {@code 2026-11-23T09:00:00.1230000Z}. */
final class DirectoryTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DirectoryTime() {}

    static String text(Instant instant) {
        return FORMAT.format(instant);
    }
}
