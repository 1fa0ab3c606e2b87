package dev.gatehouse.workbench.web.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Instants in words. Everything is in UTC, because the people who compare screens sit in different time zones. */
@Component
public class Moments {

    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final InstantSource clock;

    Moments(InstantSource clock) {
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant();
    }

    /** How long ago, for a glance: {@code 3 min ago}; the pages count on in the same words (see gatehouse.js). */
    public String ago(Instant at) {
        var seconds = Duration.between(at, clock.instant()).toSeconds();
        var size = Math.abs(seconds);
        if (size < 5) {
            return "just now";
        }
        return seconds < 0 ? "in " + words(size) : words(size) + " ago";
    }

    /** How long something has been so: {@code 3 min}. */
    public String since(Instant at) {
        return words(Math.max(0, Duration.between(at, clock.instant()).toSeconds()));
    }

    private static String words(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        if (seconds < 2 * 86_400) {
            return seconds / 3_600 + " h";
        }
        return seconds / 86_400 + " days";
    }

    /** To the second: {@code 2026-11-23 12:31:05 UTC}. */
    public String full(Instant at) {
        return FULL.format(at);
    }

    /** To the second, where the heading says that it is in UTC: {@code 2026-11-23 12:31:05}. */
    public String second(Instant at) {
        return SECOND.format(at);
    }

    /** To the minute and without the year: {@code 11-23 12:31}. */
    public String brief(Instant at) {
        return SHORT.format(at);
    }
}
