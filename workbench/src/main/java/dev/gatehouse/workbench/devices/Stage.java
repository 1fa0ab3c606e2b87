package dev.gatehouse.workbench.devices;

import java.util.Locale;

/** How far a device has come, in the order in which a good one passes through. */
public enum Stage {
    /** Saved; Microsoft has not answered anything yet. */
    WAITING_FOR_FIRST_POLL("Waiting for the first poll"),
    /** Some feeds have answered, others have not been tried yet. */
    VERIFYING("Verifying"),
    /** Every feed answers; nothing has come yet. */
    POLLING_NO_DATA("Polling, no data yet"),
    /** Every feed answers and data has come. */
    RECEIVING_DATA("Receiving data"),
    /** Nothing is reported to fail, but a feed's checkpoint has not moved for too long. */
    STALLED("Stalled"),
    /** A feed fails, and has for longer than one unlucky answer. */
    UNHEALTHY("Unhealthy"),
    /** Somebody switched polling off. */
    DISABLED("Disabled");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /** A few words for a table cell. */
    public String title() {
        return title;
    }

    /** The word in the API, e.g. {@code receiving_data}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What this means in one word. */
    public Status status() {
        return switch (this) {
            case POLLING_NO_DATA, RECEIVING_DATA -> Status.HEALTHY;
            case STALLED, UNHEALTHY -> Status.UNHEALTHY;
            case WAITING_FOR_FIRST_POLL, VERIFYING, DISABLED -> Status.UNKNOWN;
        };
    }

    /** Whether a device can be trusted to bring everything. */
    public enum Status {
        HEALTHY,
        UNHEALTHY,
        /** Not known yet, or not asked for. */
        UNKNOWN;

        /** The word in the API, e.g. {@code healthy}. Known clients have none for what nobody has checked but the last. */
        public String key() {
            return switch (this) {
                case HEALTHY -> "healthy";
                case UNHEALTHY -> "unhealthy";
                case UNKNOWN -> "health_checks_not_supported";
            };
        }
    }
}
