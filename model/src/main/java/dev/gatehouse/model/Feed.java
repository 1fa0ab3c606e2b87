package dev.gatehouse.model;

import java.util.Locale;

/**
 * One of the streams that a tenant is read by. Each has its own checkpoint, its own state and its own trouble.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-api-overview">Microsoft Graph security API</a>
 */
public enum Feed {
    ALERTS("alerts", "Vendor alerts", "/security/alerts_v2", "SecurityAlert.Read.All", ""),
    INCIDENTS("incidents", "Vendor incidents", "/security/incidents", "SecurityIncident.Read.All", ""),
    LOGON_EVENTS(
            "logon-events", "Logon events", HuntingEndpoint.PATH, HuntingEndpoint.PERMISSION, "IdentityLogonEvents"),
    QUERY_EVENTS(
            "query-events", "Query events", HuntingEndpoint.PATH, HuntingEndpoint.PERMISSION, "IdentityQueryEvents"),
    DIRECTORY_EVENTS(
            "directory-events",
            "Directory events",
            HuntingEndpoint.PATH,
            HuntingEndpoint.PERMISSION,
            "IdentityDirectoryEvents");

    private final String key;
    private final String title;
    private final String path;
    private final String permission;
    private final String table;

    Feed(String key, String title, String path, String permission, String table) {
        this.key = key;
        this.title = title;
        this.path = path;
        this.permission = permission;
        this.table = table;
    }

    /** The name in the database, the API and the command line, e.g. {@code logon-events}. */
    public String key() {
        return key;
    }

    /** The name on the screen. */
    public String title() {
        return title;
    }

    /** The path below Graph's version, as the setup guide names it. */
    public String path() {
        return path;
    }

    /** The least application permission that lets this feed be read. */
    public String permission() {
        return permission;
    }

    /** Whether this feed is a table of advanced hunting. */
    public boolean isHuntingTable() {
        return !table.isEmpty();
    }

    /**
     * The table of advanced hunting behind this feed.
     *
     * @throws IllegalStateException when the feed is no hunting table
     */
    public String table() {
        if (!isHuntingTable()) {
            throw new IllegalStateException(this + " is not a hunting table");
        }
        return table;
    }

    /** Finds a feed by {@link #key()}, in any case. */
    public static Feed of(String key) {
        for (var feed : values()) {
            if (feed.key.equals(key.strip().toLowerCase(Locale.ROOT))) {
                return feed;
            }
        }
        throw new IllegalArgumentException("There is no feed named '%s'".formatted(key));
    }

    private static final class HuntingEndpoint {
        static final String PATH = "/security/runHuntingQuery";
        static final String PERMISSION = "ThreatHunting.Read.All";
    }
}
