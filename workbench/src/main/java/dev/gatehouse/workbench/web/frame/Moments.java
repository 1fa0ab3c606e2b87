package dev.gatehouse.workbench.web.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Instants in words, in the zone of the reader. Pages have one in their model under {@code moments}; what stands in the hover
 * of a time names UTC as well, because the people who compare screens sit in different zones.
 */
@Component
public class Moments {

    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = new DateTimeFormatterBuilder()
            .append(SECOND)
            .appendFraction(ChronoField.NANO_OF_SECOND, 3, 9, true)
            .toFormatter(Locale.ENGLISH);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter IN_UTC = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Its short name is UTC; that of the offset would be Z. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final InstantSource clock;
    private final ZoneId zone;

    @Autowired
    Moments(InstantSource clock) {
        this(clock, UTC);
    }

    private Moments(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone.normalized().equals(ZoneOffset.UTC) ? UTC : zone;
    }

    /** The same for a reader in that zone. */
    public Moments in(ZoneId other) {
        return new Moments(clock, other);
    }

    /** The name of the zone, for headings and labels: {@code UTC}, {@code Europe/Berlin}. */
    public String zone() {
        return zone.getId();
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

    /** To the second, with the zone: {@code 2026-11-23 13:31:05 CET}. */
    public String full(Instant at) {
        return FULL.format(at.atZone(zone));
    }

    /** To the second in UTC, for the hover of a time: {@code 2026-11-23 12:31:05 UTC}. */
    public String utc(Instant at) {
        return IN_UTC.format(at);
    }

    /** For the hover of an age, which says no time by itself: the time here, and in UTC when that is another. */
    public String hover(Instant at) {
        return zone.equals(UTC) ? utc(at) : full(at) + " · " + utc(at);
    }

    /** To the second, where the heading names the {@link #zone()}: {@code 2026-11-23 13:31:05}. */
    public String second(Instant at) {
        return SECOND.format(at.atZone(zone));
    }

    /** As exact as it is known, for what begins or ends between seconds: {@code 2026-11-23 13:31:05.250}. */
    public String exact(Instant at) {
        return EXACT.format(at.atZone(zone));
    }

    /** To the minute and without the year: {@code 11-23 13:31}. */
    public String brief(Instant at) {
        return SHORT.format(at.atZone(zone));
    }

    /** The time of day alone: {@code 13:31}. */
    public String clock(Instant at) {
        return CLOCK.format(at.atZone(zone));
    }

    /** As a browser's field for a date and time takes it, in the {@link #zone()}: {@code 2026-11-23T13:31}. */
    public String field(Instant at) {
        return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), zone).toString();
    }
}
