package dev.gatehouse.workbench.records;

import java.util.Locale;

/** In which order to list vendor incidents. */
public enum VendorIncidentOrder {
    RECENTLY_UPDATED("i.updated_at desc"),
    OLDEST_UPDATED("i.updated_at"),
    NEWEST("i.created_at desc"),
    OLDEST("i.created_at"),
    MOST_SEVERE(rank() + " desc nulls last, i.updated_at desc"),
    LEAST_SEVERE(rank() + " nulls first, i.updated_at"),
    TITLE("lower(i.display_name), i.updated_at desc"),
    TITLE_REVERSED("lower(i.display_name) desc, i.updated_at");

    private final String sql;

    VendorIncidentOrder(String sql) {
        this.sql = sql;
    }

    /** As Microsoft wrote it; of words that we do not know, none is worse than another. */
    private static String rank() {
        return "array_position(array['informational', 'low', 'medium', 'high'], lower(i.severity))";
    }

    /** With the key at the end, so that no vendor incident stands on two pages of a list. */
    String sql() {
        return sql + ", i.tenant_id, i.id";
    }

    /** The word in the address, e.g. {@code most_severe}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
