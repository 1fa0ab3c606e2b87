package dev.gatehouse.workbench.onboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the guide has somebody do, as far as it can be confirmed by itself; in the guide's order. */
public enum GuideStep {
    GUEST("Console access: guest user"),
    ROLE("Console access: role"),
    PARTNER("Cross-tenant access"),
    APPLICATION("App registration"),
    SECRET("Client secret"),
    PERMISSIONS("Admin consent: application permissions"),
    USER_READ("Admin consent: User.Read"),
    DEVICE("Security device"),
    CONNECTION("Connection");

    private final String title;

    GuideStep(String title) {
        this.title = title;
    }

    /** A few words. */
    public String title() {
        return title;
    }

    /** The word in the database, e.g. {@code user_read}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The point with that {@link #key()}; empty for one that a later version has left behind. */
    static Optional<GuideStep> of(String key) {
        return Arrays.stream(values()).filter(point -> point.key().equals(key)).findFirst();
    }
}
