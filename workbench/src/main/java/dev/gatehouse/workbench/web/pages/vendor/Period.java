package dev.gatehouse.workbench.web.pages.vendor;

import java.time.Duration;
import java.util.Optional;

/** How far back a list goes. */
public enum Period {
    ANY("", "Any time", Duration.ZERO),
    HOUR("1h", "Last hour", Duration.ofHours(1)),
    DAY("24h", "Last 24 hours", Duration.ofDays(1)),
    WEEK("7d", "Last 7 days", Duration.ofDays(7)),
    MONTH("30d", "Last 30 days", Duration.ofDays(30));

    private final String key;
    private final String title;
    private final Duration length;

    Period(String key, String title, Duration length) {
        this.key = key;
        this.title = title;
        this.length = length;
    }

    /** The word in the address. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    Optional<Duration> length() {
        return this == ANY ? Optional.empty() : Optional.of(length);
    }
}
