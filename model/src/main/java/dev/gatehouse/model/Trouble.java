package dev.gatehouse.model;

import java.util.Locale;

/** The ways in which reading a tenant can fail. Each is a state that a feed can be in and that a screen can show. */
public enum Trouble {
    /** The Directory ID is wrong or the tenant is gone. */
    BAD_TENANT("Directory ID is wrong", false),
    /** The Application ID is wrong, or the app lives in another tenant or cloud. */
    BAD_APPLICATION("Application ID is wrong", false),
    /** The application or its service principal is switched off. */
    APPLICATION_DISABLED("Application is disabled", false),
    /** The client secret is wrong. */
    BAD_SECRET("Client secret is wrong", false),
    /** Somebody pasted the Secret ID in place of the Value. */
    SECRET_ID_NOT_VALUE("Secret ID given instead of the Value", false),
    /** The client secret is over. */
    SECRET_EXPIRED("Client secret has expired", false),
    /** A certificate or assertion was refused. */
    BAD_CERTIFICATE("Certificate was refused", false),
    /** The certificate is over. */
    CERTIFICATE_EXPIRED("Certificate has expired", false),
    /** The token carries no application permission at all. */
    CONSENT_MISSING("Admin consent is missing", false),
    /** The token carries some permissions, but not the one that is needed. */
    PERMISSION_MISSING("A permission is missing", false),
    /** The token carries the permission, and Graph does not see it yet. */
    PERMISSION_PENDING("A permission is not in effect yet", true),
    /** The stored client secret cannot be opened, because its key is missing or another. */
    SECRET_UNREADABLE("Stored client secret cannot be read", false),
    /** Conditional Access forbids the sign-in or the call. */
    BLOCKED_BY_POLICY("Blocked by Conditional Access", false),
    /** The tenant has no licence for what was asked. */
    LICENSE_MISSING("Licence is missing", false),
    /** The hunting table does not exist in this tenant. */
    TABLE_MISSING("Table does not exist in this tenant", false),
    /** The cloud is not the tenant's. */
    WRONG_CLOUD("Wrong cloud", false),
    /** Microsoft did not accept the request as we put it. */
    REQUEST_REFUSED("Microsoft refused the request", false),
    /** Too many requests; Microsoft asked to wait. */
    THROTTLED("Throttled by Microsoft", true),
    /** No connection, or it broke. */
    UNREACHABLE("Microsoft cannot be reached", true),
    /** The answer began and did not come to its end. */
    BROKEN_OFF("The answer broke off", true),
    /** The certificate of the other side is not trusted. */
    UNTRUSTED("The server's certificate is not trusted", true),
    /** The answer took too long. */
    TIMED_OUT("Microsoft did not answer in time", true),
    /** Microsoft had an error of its own. */
    MICROSOFT_ERROR("Microsoft reported an error", true),
    /** The answer is not what the contract promises, e.g. not JSON. */
    UNREADABLE_ANSWER("The answer could not be read", true),
    /** The answer is larger than Microsoft sends, or than we take, at once. A smaller page may get through. */
    TOO_BIG("The answer is too big", true),
    /** The query costs Microsoft more than it spends on one. A shorter window may get through. */
    TOO_HEAVY("The query is too heavy", true),
    /** All of the answer came, and with it something that people should know. */
    WARNED("Microsoft warns", true),
    /** Stretches of time could not be read and wait to be tried again, while the feed goes on behind them. */
    QUARANTINED("Windows are in quarantine", true),
    /** Pages link in a circle, on and on, or to nowhere, so that a stretch of time cannot be read to its end. */
    PAGING_FAILED("The pages cannot be read to their end", true),
    /** A link in the answer leads away from Graph's host. */
    FOREIGN_LINK("A link leads to another host", true),
    /** Nothing is reported to fail, but the feed's checkpoint has not moved for too long. */
    STALLED("Does not get further", true),
    /** Gatehouse made a mistake in reading it. */
    INTERNAL_FAULT("Gatehouse made a mistake", true),
    /** This machine's clock and Microsoft's differ too much. */
    CLOCK_SKEW("The clock is wrong", true);

    private final String title;
    private final boolean passing;

    Trouble(String title, boolean passing) {
        this.title = title;
        this.passing = passing;
    }

    /** A few words for a table cell. */
    public String title() {
        return title;
    }

    /** Whether it may pass by itself, so that trying again soon makes sense; otherwise a person has to act. */
    public boolean isPassing() {
        return passing;
    }

    /** The word in the database and the API, e.g. {@code secret_id_not_value}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The trouble with that {@link #key()}. */
    public static Trouble of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
