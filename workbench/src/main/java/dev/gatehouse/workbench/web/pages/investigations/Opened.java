package dev.gatehouse.workbench.web.pages.investigations;

import java.time.Duration;
import java.util.Optional;

/** How far back to list. */
public enum Opened {
    ANY("", "Any time", Duration.ZERO),
    DAY("24h", "Last 24 hours", Duration.ofDays(1)),
    WEEK("7d", "Last 7 days", Duration.ofDays(7)),
    MONTH("30d", "Last 30 days", Duration.ofDays(30)),
    YEAR("365d", "Last 365 days", Duration.ofDays(365));

    private final String key;
    private final String title;
    private final Duration length;

    Opened(String key, String title, Duration length) {
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
