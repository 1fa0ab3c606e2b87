package dev.gatehouse.workbench.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How long a credential still works.
 *
 * @param level how pressing that is
 * @param left until it ends, negative after that; empty when nobody told us when it ends
 */
public record Countdown(Level level, Optional<Duration> left) {

    /** How pressing it is, the least pressing first. */
    public enum Level {
        FAR(Long.MAX_VALUE, ""),
        /** Nobody told us when it ends. */
        UNKNOWN(-1, "soft"),
        WITHIN_60_DAYS(60, "notice"),
        WITHIN_30_DAYS(30, "notice"),
        WITHIN_14_DAYS(14, "warning"),
        WITHIN_7_DAYS(7, "warning"),
        WITHIN_A_DAY(1, "bad"),
        EXPIRED(0, "bad");

        private final long days;
        private final String tone;

        Level(long days, String tone) {
            this.days = days;
            this.tone = tone;
        }

        /** Which of the sheet's colours it has. */
        public String tone() {
            return tone;
        }

        /** Whether people are told without asking. */
        public boolean isWorthANotice() {
            return compareTo(WITHIN_60_DAYS) >= 0;
        }

        /** The word in the API, e.g. {@code within_14_days}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean covers(Duration left) {
            return this != UNKNOWN && (this == FAR || left.compareTo(Duration.ofDays(days)) <= 0);
        }
    }

    /**
     * Counts.
     *
     * @param expires when it ends, if that is known
     */
    public static Countdown of(Optional<Instant> expires, Instant now) {
        var left = expires.map(end -> Duration.between(now, end));
        return new Countdown(left.map(Countdown::levelOf).orElse(Level.UNKNOWN), left);
    }

    private static Level levelOf(Duration left) {
        return Arrays.stream(Level.values())
                .filter(level -> level.covers(left))
                .reduce((lesser, greater) -> greater)
                .orElse(Level.FAR);
    }

    /** Whole days left, negative when it has ended; empty when unknown. */
    public Optional<Long> days() {
        return left.map(Duration::toDays);
    }

    /** For a sentence: {@code expires in 23 days}, {@code has expired}. */
    public String words() {
        if (left.isEmpty()) {
            return "expires nobody knows when";
        }
        if (left.get().isNegative() || left.get().isZero()) {
            return "has expired";
        }
        return "expires in " + amount(left.get());
    }

    /** For a cell: {@code 23 days}, {@code expired}, {@code unknown}. */
    public String brief() {
        return switch (level) {
            case UNKNOWN -> "unknown";
            case EXPIRED -> "expired";
            case FAR, WITHIN_60_DAYS, WITHIN_30_DAYS, WITHIN_14_DAYS, WITHIN_7_DAYS, WITHIN_A_DAY ->
                amount(left.orElse(Duration.ZERO));
        };
    }

    private static String amount(Duration left) {
        var days = left.toDays();
        if (days >= 2) {
            return "%d days".formatted(days);
        }
        return left.toHours() >= 2 ? "%d hours".formatted(left.toHours()) : "%d minutes".formatted(left.toMinutes());
    }
}
