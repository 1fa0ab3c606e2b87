package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.devices.Stage;
import java.util.Locale;

/** A device's stage in the four words that people sort devices by; each has a colour and a tab. */
public enum Condition {
    HEALTHY("Healthy"),
    WAITING("Waiting"),
    UNHEALTHY("Unhealthy"),
    DISABLED("Disabled");

    private final String title;

    Condition(String title) {
        this.title = title;
    }

    /** The word for a stage. */
    public static Condition of(Stage stage) {
        return switch (stage) {
            case RECEIVING_DATA, POLLING_NO_DATA -> HEALTHY;
            case WAITING_FOR_FIRST_POLL, VERIFYING -> WAITING;
            case STALLED, UNHEALTHY -> UNHEALTHY;
            case DISABLED -> DISABLED;
        };
    }

    public String title() {
        return title;
    }

    /** The word in the address and the style sheet, e.g. {@code healthy}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
