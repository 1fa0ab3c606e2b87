package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.devices.Stage;
import java.util.Locale;
import java.util.Optional;

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

    /** The condition of that {@link #key()}; none for anything else, which then means all. */
    public static Optional<Condition> named(String key) {
        for (var condition : values()) {
            if (condition.key().equals(key)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    public String title() {
        return title;
    }

    /** The word in the address and the style sheet, e.g. {@code healthy}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
