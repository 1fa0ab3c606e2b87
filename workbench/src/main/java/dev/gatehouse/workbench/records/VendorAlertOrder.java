package dev.gatehouse.workbench.records;

import java.util.Locale;

/** In which order to list alerts. */
public enum VendorAlertOrder {
    NEWEST("a.created_at desc"),
    OLDEST("a.created_at"),
    RECENTLY_UPDATED("a.updated_at desc"),
    OLDEST_UPDATED("a.updated_at"),
    MOST_SEVERE("a.severity_rank desc, a.created_at desc"),
    LEAST_SEVERE("a.severity_rank, a.created_at"),
    TITLE("lower(a.title), a.created_at desc"),
    TITLE_REVERSED("lower(a.title) desc, a.created_at");

    private final String sql;

    VendorAlertOrder(String sql) {
        this.sql = sql;
    }

    /** With the key at the end, so that no alert stands on two pages of a list. */
    String sql() {
        return sql + ", a.tenant_id, a.id";
    }

    /** The word in the API, e.g. {@code most_severe}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
