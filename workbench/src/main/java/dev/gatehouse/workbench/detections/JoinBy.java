package dev.gatehouse.workbench.detections;

import java.util.Locale;

/** What vendor alerts of one rule have to have in common to be one alert. */
public enum JoinBy {
    /** The account that the evidence is about. */
    ACCOUNT,
    /** The host that the evidence is about. */
    HOST,
    /** Microsoft's incident. */
    VENDOR_INCIDENT,
    /** Nothing: each is an alert of its own. */
    NONE;

    /** The word in YAML, e.g. {@code vendor_incident}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
