package dev.gatehouse.workbench.notifications;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can happen that people may want to be told. */
public enum EventName {
    EXPEL_ALERT_CREATED(About.EXPEL_ALERT, "Alert is created", false),
    EXPEL_ALERT_ASSIGNED(About.EXPEL_ALERT, "Alert is assigned", false),
    EXPEL_ALERT_CLOSED(About.EXPEL_ALERT, "Alert is closed", false),
    EXPEL_ALERT_REOPENED(About.EXPEL_ALERT, "Alert is reopened", false),
    INVESTIGATION_CREATED(About.INVESTIGATION, "Investigation is created", false),
    INVESTIGATION_ASSIGNED(About.INVESTIGATION, "Investigation is assigned", true),
    INVESTIGATION_CLOSED(About.INVESTIGATION, "Investigation is closed", false),
    INVESTIGATION_ALERT_ADDED(About.INVESTIGATION, "Investigation has an alert added", false),
    INVESTIGATION_MANUAL_REMEDIATIONS_COMPLETED(
            About.INVESTIGATION, "Investigation's remediations are all completed", false),
    INCIDENT_CREATED(About.INVESTIGATION, "Incident is created", true),
    INCIDENT_ASSIGNED(About.INVESTIGATION, "Incident is assigned", true),
    INCIDENT_CLOSED(About.INVESTIGATION, "Incident is closed", false),
    INCIDENT_DOWNGRADED(About.INVESTIGATION, "Incident is downgraded", false),
    INCIDENT_PROMOTED(About.INVESTIGATION, "Investigation is promoted to an incident", false),
    INCIDENT_REOPENED(About.INVESTIGATION, "Incident is reopened", false),
    INVESTIGATIVE_ACTION_ASSIGNED(About.INVESTIGATIVE_ACTION, "Investigative action is assigned", true),
    VERIFY_ACTION_ASSIGNED(About.INVESTIGATIVE_ACTION, "Verify action is assigned", true),
    VERIFY_ACTION_ACKNOWLEDGED(About.INVESTIGATIVE_ACTION, "Verify action is answered", false),
    VERIFY_ACTION_APPROVED(About.INVESTIGATIVE_ACTION, "Verify action is answered: authorized", false),
    VERIFY_ACTION_DENIED(About.INVESTIGATIVE_ACTION, "Verify action is answered: not authorized", false),
    NOTIFY_ACTION_ASSIGNED(About.INVESTIGATIVE_ACTION, "Notify action is assigned", true),
    REMEDIATION_ACTION_ASSIGNED(About.REMEDIATION_ACTION, "Remediation action is assigned", true),
    SECURITY_DEVICE_FIRST_HEALTHY(About.SECURITY_DEVICE, "Security device is first healthy", false),
    SECURITY_DEVICE_HEALTHY(About.SECURITY_DEVICE, "Security device is healthy again", true),
    SECURITY_DEVICE_UNHEALTHY(About.SECURITY_DEVICE, "Security device is unhealthy", true);

    private final About about;
    private final String title;
    private final boolean isUsual;

    EventName(About about, String title, boolean isUsual) {
        this.about = about;
        this.title = title;
        this.isUsual = isUsual;
    }

    /** What an event is about. */
    public enum About {
        EXPEL_ALERT("Alerts"),
        INVESTIGATION("Investigations and incidents"),
        INVESTIGATIVE_ACTION("Investigative actions"),
        REMEDIATION_ACTION("Remediation actions"),
        SECURITY_DEVICE("Security devices");

        private final String title;

        About(String title) {
            this.title = title;
        }

        /** The heading of a list of events. */
        public String title() {
            return title;
        }

        /** The word in the payload, e.g. {@code expel_alert}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The events about it. */
        public List<EventName> events() {
            return Arrays.stream(EventName.values())
                    .filter(event -> event.about == this)
                    .toList();
        }
    }

    public About about() {
        return about;
    }

    public String title() {
        return title;
    }

    /** Whether an organization usually wants to hear of it. */
    public boolean isUsual() {
        return isUsual;
    }

    /** The word in the payload, the API and the database, e.g. {@code incident_created}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The event with that {@link #key()}; empty when there is none. */
    public static Optional<EventName> named(String key) {
        return Arrays.stream(values()).filter(event -> event.key().equals(key)).findFirst();
    }

    /** Whether the event is that something was given to somebody. */
    boolean isAssignment() {
        return name().endsWith("_ASSIGNED");
    }
}
