package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.notifications.EventName.About;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What conditions of a rule can ask about an event. */
public enum ConditionField {
    SEVERITY("Severity", "CRITICAL, HIGH, MEDIUM, LOW, and INFO of investigations"),
    DETECTION_RULE("Detection rule", "Its id, for example dcsync"),
    SECURITY_DEVICE("Security device", "Its name; for events about devices also its id"),
    ASSIGNEE(
            "Assignee",
            "A name or an id; my_organization for the organization and its people; me in a rule of your own"),
    CLOSE_REASON("Close reason", "For example TRUE_POSITIVE"),
    ACTOR("Who did it", "A name or an id; me in a rule of your own"),
    ORGANIZATION("Organization", "Its short name, name or id");

    /** Stands for the account that a rule of one's own belongs to. */
    public static final String ME = "me";

    /** Stands for the organization that an event is of, and for all of its people. */
    public static final String MY_ORGANIZATION = "my_organization";

    private final String title;
    private final String hint;

    ConditionField(String title, String hint) {
        this.title = title;
        this.hint = hint;
    }

    public String title() {
        return title;
    }

    /** What its values look like. */
    public String hint() {
        return hint;
    }

    /** Whether events about that have it. */
    public boolean isOf(About about) {
        return switch (this) {
            case SEVERITY, ASSIGNEE, ACTOR -> about != About.SECURITY_DEVICE;
            case DETECTION_RULE -> about == About.EXPEL_ALERT;
            case SECURITY_DEVICE -> about == About.EXPEL_ALERT || about == About.SECURITY_DEVICE;
            case CLOSE_REASON -> about == About.EXPEL_ALERT || about == About.INVESTIGATION;
            case ORGANIZATION -> true;
        };
    }

    /** The word in the API, e.g. {@code detection_rule}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field with that {@link #key()}; empty when there is none. */
    public static Optional<ConditionField> named(String key) {
        return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
    }
}
