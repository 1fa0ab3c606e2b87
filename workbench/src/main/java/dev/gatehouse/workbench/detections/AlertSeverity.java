package dev.gatehouse.workbench.detections;

import java.util.Locale;

/** How urgent an alert is for analysts, the most urgent first. The last two are not for triage. */
public enum AlertSeverity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    /** Made to try something out. */
    TESTING,
    /** Made while a device is new. */
    TUNING;

    /** The word in the database and in YAML, e.g. {@code critical}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word on the screen, e.g. {@code Critical}. */
    public String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** One step more urgent; {@code CRITICAL} stays, and so does what is not for triage. */
    AlertSeverity up() {
        return switch (this) {
            case CRITICAL, HIGH -> CRITICAL;
            case MEDIUM -> HIGH;
            case LOW -> MEDIUM;
            case TESTING, TUNING -> this;
        };
    }

    /** One step less urgent; {@code LOW} stays, and so does what is not for triage. */
    AlertSeverity down() {
        return switch (this) {
            case CRITICAL -> HIGH;
            case HIGH -> MEDIUM;
            case MEDIUM, LOW -> LOW;
            case TESTING, TUNING -> this;
        };
    }
}
