package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.alerts.AlertAction;
import dev.gatehouse.workbench.alerts.AlertEvent;
import dev.gatehouse.workbench.alerts.AlertHistoryPart.Happened;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.investigations.HistoryAction;
import dev.gatehouse.workbench.investigations.InvestigationEvent;
import dev.gatehouse.workbench.investigations.InvestigationHistoryPart.Where;
import dev.gatehouse.workbench.investigations.Subject;
import dev.gatehouse.workbench.notifications.Noticed.Change;
import dev.gatehouse.workbench.notifications.Noticed.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which lines of histories are events. Most are not, and cost nothing but a look. */
final class HistoryEvents {

    private static final String ASSIGNEE = "assignee";

    private HistoryEvents() {}

    /** What happened to an alert. One that is being made has been made, whatever else is said of it in the same moment. */
    static List<Noticed> of(Happened happened) {
        var noticed = new ArrayList<Noticed>();
        for (var event : happened.events()) {
            name(happened.isNew(), event)
                    .ifPresent(name -> noticed.add(new Noticed(
                            name,
                            happened.alert(),
                            new Place(
                                    Optional.empty(),
                                    Optional.of(happened.tenant()),
                                    Optional.empty(),
                                    Optional.of(happened.alert())),
                            change(event))));
        }
        return noticed;
    }

    private static Optional<EventName> name(boolean isNew, AlertEvent event) {
        if (isNew) {
            return event.action() == AlertAction.CREATED
                    ? Optional.of(EventName.EXPEL_ALERT_CREATED)
                    : Optional.empty();
        }
        return switch (event.action()) {
            case ASSIGNED -> when(becameSomebodys(event), EventName.EXPEL_ALERT_ASSIGNED);
            case STATUS_CHANGED ->
                event.changes().stream()
                        .filter(change -> change.what().equals("status"))
                        .findFirst()
                        .flatMap(change -> {
                            var closed = AlertStatus.CLOSED.name();
                            return change.to().equals(closed)
                                    ? Optional.of(EventName.EXPEL_ALERT_CLOSED)
                                    : when(change.from().equals(closed), EventName.EXPEL_ALERT_REOPENED);
                        });
            case CREATED,
                    INVESTIGATING,
                    VENDOR_ALERT_JOINED,
                    VENDOR_ALERT_CHANGED,
                    SEVERITY_CHANGED,
                    COMMENTED,
                    READ_AGAIN -> Optional.empty();
        };
    }

    private static boolean becameSomebodys(AlertEvent event) {
        return event.changes().stream()
                .anyMatch(
                        change -> change.what().equals(ASSIGNEE) && !change.to().isEmpty());
    }

    private static Change change(AlertEvent event) {
        var previous = new LinkedHashMap<String, String>();
        event.changes().forEach(change -> previous.put(change.what(), change.from()));
        return new Change(event.action().name(), event.at(), event.actor(), previous);
    }

    /** What happened to an investigation, or to something in it. */
    static List<Noticed> of(Where where, List<InvestigationEvent> events) {
        var isNew = events.stream()
                .anyMatch(event -> event.subject() == Subject.INVESTIGATION && event.action() == HistoryAction.CREATED);
        var noticed = new ArrayList<Noticed>();
        for (var event : events) {
            for (var name : names(where, event, isNew)) {
                noticed.add(new Noticed(name, subject(name, where, event), place(where), change(event)));
            }
        }
        return noticed;
    }

    private static UUID subject(EventName name, Where where, InvestigationEvent event) {
        return name == EventName.INVESTIGATION_MANUAL_REMEDIATIONS_COMPLETED
                ? where.investigation().orElseThrow()
                : event.subjectId();
    }

    private static Place place(Where where) {
        return new Place(where.organization(), where.tenant(), where.investigation(), where.alert());
    }

    private static List<EventName> names(Where where, InvestigationEvent event, boolean isNew) {
        return switch (event.subject()) {
            case INVESTIGATION -> ofInvestigation(where.isIncident(), event, isNew);
            case INVESTIGATIVE_ACTION -> ofAction(event);
            case REMEDIATION_ACTION -> ofRemediation(event);
            case FINDING, COMMENT, TIMELINE_ENTRY, FILE -> List.of();
        };
    }

    private static List<EventName> ofInvestigation(boolean isIncident, InvestigationEvent event, boolean isNew) {
        return switch (event.action()) {
            case CREATED -> List.of(EventName.INVESTIGATION_CREATED);
            case ASSIGNED ->
                to(event, ASSIGNEE).isEmpty()
                        ? List.of()
                        : List.of(isIncident ? EventName.INCIDENT_ASSIGNED : EventName.INVESTIGATION_ASSIGNED);
            case CLOSED -> List.of(isIncident ? EventName.INCIDENT_CLOSED : EventName.INVESTIGATION_CLOSED);
            case REOPENED -> isIncident ? List.of(EventName.INCIDENT_REOPENED) : List.of();
            case CHANGED ->
                switch (to(event, "is_incident")) {
                    // Whether it is the first time is asked of the investigation, should anybody want to know.
                    case "true" -> List.of(EventName.INCIDENT_CREATED, EventName.INCIDENT_PROMOTED);
                    case "false" -> List.of(EventName.INCIDENT_DOWNGRADED);
                    default ->
                        isNew || to(event, "alert").isEmpty()
                                ? List.of()
                                : List.of(EventName.INVESTIGATION_ALERT_ADDED);
                };
            case SUMMARY, PUBLISHED, DELETED, UPDATED, ACKNOWLEDGED, CLASSIFIED, COMPLETED -> List.of();
        };
    }

    private static List<EventName> ofAction(InvestigationEvent event) {
        if (event.action() == HistoryAction.ACKNOWLEDGED) {
            return switch (to(event, "activity_authorized")) {
                case "true" -> List.of(EventName.VERIFY_ACTION_ACKNOWLEDGED, EventName.VERIFY_ACTION_APPROVED);
                case "false" -> List.of(EventName.VERIFY_ACTION_ACKNOWLEDGED, EventName.VERIFY_ACTION_DENIED);
                default -> List.of(EventName.VERIFY_ACTION_ACKNOWLEDGED);
            };
        }
        // Of which kind, the action itself knows.
        return to(event, ASSIGNEE).isEmpty()
                ? List.of()
                : List.of(
                        EventName.INVESTIGATIVE_ACTION_ASSIGNED,
                        EventName.VERIFY_ACTION_ASSIGNED,
                        EventName.NOTIFY_ACTION_ASSIGNED);
    }

    private static List<EventName> ofRemediation(InvestigationEvent event) {
        var names = new ArrayList<EventName>();
        if (!to(event, ASSIGNEE).isEmpty()) {
            names.add(EventName.REMEDIATION_ACTION_ASSIGNED);
        }
        if (event.action() == HistoryAction.COMPLETED || event.action() == HistoryAction.CLOSED) {
            names.add(EventName.INVESTIGATION_MANUAL_REMEDIATIONS_COMPLETED);
        }
        return names;
    }

    private static Optional<EventName> when(boolean isSo, EventName name) {
        return isSo ? Optional.of(name) : Optional.empty();
    }

    /** What something became; empty when it did not change, or there is none any more. */
    private static String to(InvestigationEvent event, String what) {
        return event.changes().stream()
                .filter(change -> change.what().equals(what))
                .map(InvestigationEvent.Change::to)
                .findFirst()
                .orElse("");
    }

    private static Change change(InvestigationEvent event) {
        var previous = new LinkedHashMap<String, String>();
        event.changes().forEach(change -> previous.put(change.what(), change.from()));
        return new Change(event.action().name(), event.at(), event.actor(), previous);
    }
}
