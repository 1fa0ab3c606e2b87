package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.platform.database.KeysetOrder;
import java.util.Locale;

/** In which order to list alerts. */
public enum AlertOrder {
    /** The worst first, and of these the newest. */
    MOST_SEVERE("a.severity_rank", "a.created_at", true),
    LEAST_SEVERE("a.severity_rank", "a.created_at", false),
    NEWEST("", "a.created_at", true),
    OLDEST("", "a.created_at", false),
    RECENTLY_CHANGED("", "a.updated_at", true),
    LONGEST_UNCHANGED("", "a.updated_at", false);

    private final String rank;
    private final String time;
    private final boolean descending;

    AlertOrder(String rank, String time, boolean descending) {
        this.rank = rank;
        this.time = time;
        this.descending = descending;
    }

    /** The word in addresses and the API, e.g. {@code most_severe}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isByUpdate() {
        return time.equals("a.updated_at");
    }

    KeysetOrder keys() {
        return new KeysetOrder(rank, time, "a.id", descending);
    }
}
