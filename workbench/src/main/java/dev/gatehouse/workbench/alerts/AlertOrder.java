package dev.gatehouse.workbench.alerts;

import java.util.Locale;

/** In which order to list alerts. */
public enum AlertOrder {
    /** The worst first, and of these the newest. */
    MOST_SEVERE("a.severity_rank", "a.created_at", true),
    LEAST_SEVERE("a.severity_rank", "a.created_at", false),
    NEWEST("0", "a.created_at", true),
    OLDEST("0", "a.created_at", false),
    RECENTLY_CHANGED("0", "a.updated_at", true),
    LONGEST_UNCHANGED("0", "a.updated_at", false);

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

    private boolean hasRank() {
        return !rank.equals("0");
    }

    boolean isByUpdate() {
        return time.equals("a.updated_at");
    }

    /** With the key at the end, so that no alert stands on two pages. */
    String orderBy(boolean backwards) {
        var direction = descending != backwards ? " desc" : "";
        return " order by " + (hasRank() ? rank + direction + ", " : "") + time + direction + ", a.id" + direction;
    }

    /** What comes after a place, or before it. */
    String beyond(boolean backwards) {
        var than = descending != backwards ? "<" : ">";
        return hasRank()
                ? "(%s, %s, a.id) %s (:placeRank, :placeTime, :placeId)".formatted(rank, time, than)
                : "(%s, a.id) %s (:placeTime, :placeId)".formatted(time, than);
    }
}
