package dev.gatehouse.workbench.web.live;

import java.util.Locale;

/** What a page can show and want to hear of. */
public enum Topic {
    ALERTS,
    INVESTIGATIONS,
    VENDOR_ALERTS,
    VENDOR_INCIDENTS,
    DEVICES,
    SET_UPS;

    /** The name of the event, e.g. {@code vendor-alerts}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
