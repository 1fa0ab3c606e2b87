package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.platform.database.KeysetOrder;
import java.util.Locale;

/** In which order to list investigations. */
public enum InvestigationOrder {
    NEWEST("", "i.created_at", true),
    OLDEST("", "i.created_at", false),
    RECENTLY_CHANGED("", "i.updated_at", true),
    LONGEST_UNCHANGED("", "i.updated_at", false),
    MOST_SEVERE("i.severity_rank", "i.created_at", true),
    LEAST_SEVERE("i.severity_rank", "i.created_at", false);

    private final String rank;
    private final String time;
    private final boolean descending;

    InvestigationOrder(String rank, String time, boolean descending) {
        this.rank = rank;
        this.time = time;
        this.descending = descending;
    }

    /** The word in addresses and the API, e.g. {@code most_severe}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isByUpdate() {
        return time.equals("i.updated_at");
    }

    KeysetOrder keys() {
        return new KeysetOrder(rank, time, "i.id", descending);
    }
}
