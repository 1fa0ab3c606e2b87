package dev.gatehouse.workbench.web.live;

import java.util.Locale;

/** What a page can show and want to hear of. */
public enum Topic {
    ALERTS,
    INCIDENTS,
    DEVICES,
    SET_UPS;

    /** The name of the event, e.g. {@code alerts}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
