package dev.gatehouse.workbench.budget;

import dev.gatehouse.model.Feed;

/**
 * What Microsoft refuses together: a refused request says that no other of its kind would be answered in that tenant,
 * whoever asks.
 */
public enum RequestKind {
    ALERTS("alerts", "Vendor alerts"),
    INCIDENTS("incidents", "Vendor incidents"),
    /** All tables and people's queries: their number and their computing time are counted for the tenant. */
    HUNTING("hunting", "Hunting queries"),
    /** Token requests to Microsoft Entra. A token that is held already goes on working. */
    SIGN_IN("sign_in", "Signing in");

    private final String key;
    private final String title;

    RequestKind(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The kind of a feed's requests. */
    public static RequestKind of(Feed feed) {
        return feed.isHuntingTable() ? HUNTING : feed == Feed.ALERTS ? ALERTS : INCIDENTS;
    }

    static RequestKind of(String key) {
        for (var kind : values()) {
            if (kind.key.equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("There is no kind of requests " + key);
    }

    /** Whether its requests are counted in that lane. */
    boolean isIn(Lane lane) {
        return switch (this) {
            case ALERTS, INCIDENTS -> lane == Lane.LISTS;
            case HUNTING -> lane == Lane.HUNTING;
            case SIGN_IN -> false;
        };
    }

    /** The lane that its requests are counted in. */
    Lane lane() {
        return this == HUNTING ? Lane.HUNTING : Lane.LISTS;
    }

    /** Its name in the database and the API. */
    public String key() {
        return key;
    }

    /** Its name on the screens. */
    public String title() {
        return title;
    }
}
