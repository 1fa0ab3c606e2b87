package dev.gatehouse.workbench.detections;

import java.util.Locale;

/** How true a detection usually is, or how much harm it means when it is true. */
public enum Grade {
    HIGH,
    MEDIUM,
    LOW;

    /** The word in YAML. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word on the screen. */
    public String title() {
        return name().charAt(0) + key().substring(1);
    }
}
