package dev.gatehouse.workbench.budget;

import dev.gatehouse.model.Feed;

/**
 * What counts against one of Microsoft's limits together.
 *
 * @see <a href="https://learn.microsoft.com/graph/throttling-limits">Microsoft Graph service-specific throttling limits</a>
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-api-overview">Hunting: at least 45 calls a minute</a>
 */
public enum Lane {
    LISTS("lists", "Vendor alerts and incidents", 150),
    HUNTING("hunting", "Hunting queries", 45);

    private final String key;
    private final String title;
    private final int allowedPerMinute;

    Lane(String key, String title, int allowedPerMinute) {
        this.key = key;
        this.title = title;
        this.allowedPerMinute = allowedPerMinute;
    }

    /** The lane that a feed's requests go in. */
    public static Lane of(Feed feed) {
        return feed.isHuntingTable() ? HUNTING : LISTS;
    }

    /** Its name in the API. */
    public String key() {
        return key;
    }

    /** Its name on the screens. */
    public String title() {
        return title;
    }

    /** How many requests a minute Microsoft documents for each tenant. */
    public int allowedPerMinute() {
        return allowedPerMinute;
    }
}
