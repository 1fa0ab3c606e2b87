package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.InvestigationEvent.Change;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened in an investigation, as a sentence. */
public final class InvestigationWords {

    private static final int LONGEST_VALUE = 200;

    private InvestigationWords() {}

    /** Who did what, e.g. {@code Ada Lovelace closed it as Benign: “The scanner of IT.”} */
    public static String sentence(InvestigationEvent event) {
        var who = event.actor().name();
        return switch (event.subject()) {
            case INVESTIGATION -> ofInvestigation(event, who);
            case FINDING ->
                "%s %s the question “%s”%s".formatted(who, verb(event), brief(event.fact("name")), end(event));
            case COMMENT ->
                switch (event.action()) {
                    case CREATED -> "%s commented: “%s”".formatted(who, to(event, "comment"));
                    case DELETED -> "%s deleted a comment: “%s”".formatted(who, from(event, "comment"));
                    default -> "%s changed a comment: “%s”".formatted(who, to(event, "comment"));
                };
            case TIMELINE_ENTRY ->
                "%s %s the timeline event “%s”%s".formatted(who, verb(event), brief(event.fact("name")), end(event));
            case INVESTIGATIVE_ACTION -> ofAction(event, who);
            case REMEDIATION_ACTION ->
                "%s %s the remediation “%s”%s".formatted(who, verb(event), brief(event.fact("name")), end(event));
            case FILE ->
                "%s %s the file “%s”%s"
                        .formatted(
                                who,
                                verb(event),
                                brief(event.fact("name")),
                                event.fact("sha256").isEmpty()
                                        ? end(event)
                                        : ", SHA-256 %s.".formatted(event.fact("sha256")));
        };
    }

    private static String ofInvestigation(InvestigationEvent event, String who) {
        return switch (event.action()) {
            case CREATED -> "%s opened it.".formatted(who);
            case ASSIGNED -> assigned(event, who, "it");
            case CLOSED -> {
                var comment = event.fact("comment");
                yield "%s closed it as %s%s"
                        .formatted(
                                who,
                                Decision.valueOf(to(event, "decision")).title(),
                                comment.isEmpty() ? "." : ": “" + comment + "”");
            }
            case REOPENED -> "%s reopened it%s".formatted(who, because(event.fact("comment")));
            case PUBLISHED ->
                event.fact("to").isEmpty()
                        ? "%s sent the report.".formatted(who)
                        : "%s sent the report to %s.".formatted(who, event.fact("to"));
            case SUMMARY -> "%s wrote the summary.".formatted(who);
            default -> changed(event, who);
        };
    }

    private static String changed(InvestigationEvent event, String who) {
        if (event.changes().size() != 1) {
            return "%s changed %s".formatted(who, end(event).substring(2));
        }
        var change = event.changes().getFirst();
        return switch (change.what()) {
            case "is_incident" ->
                change.to().equals("true")
                        ? "%s promoted it to an incident.".formatted(who)
                        : "%s downgraded it to an investigation%s".formatted(who, because(event.fact("reason")));
            case "alert" ->
                change.to().isEmpty()
                        ? "%s took the alert “%s” out of it.".formatted(who, brief(change.from()))
                        : "%s put the alert “%s” into it.".formatted(who, brief(change.to()));
            case "lead_alert" -> "%s made “%s” its lead alert.".formatted(who, brief(change.to()));
            case "review_requested" ->
                change.to().equals("true")
                        ? "%s asked for a review.".formatted(who)
                        : "%s said that it was reviewed.".formatted(who);
            case "is_soc_support_required" ->
                change.to().equals("true")
                        ? "%s asked for the SOC's support.".formatted(who)
                        : "%s said that the SOC's support is not needed any more.".formatted(who);
            default -> "%s changed %s".formatted(who, end(event).substring(2));
        };
    }

    private static String ofAction(InvestigationEvent event, String who) {
        var name = brief(event.fact("name"));
        return switch (event.action()) {
            case ASSIGNED -> assigned(event, who, "the action “%s”".formatted(name));
            case ACKNOWLEDGED ->
                to(event, "activity_authorized").isEmpty()
                        ? "%s changed the answer to “%s”%s".formatted(who, name, end(event))
                        : "%s wrote down the answer to “%s”: %s%s."
                                .formatted(
                                        who,
                                        name,
                                        to(event, "activity_authorized").equals("true")
                                                ? "authorised"
                                                : "not authorised",
                                        Optional.of(to(event, "activity_verified_by"))
                                                .filter(by -> !by.isEmpty())
                                                .map(by -> ", says " + by)
                                                .orElse(""));
            case CLASSIFIED ->
                "%s classified the action “%s” as %s."
                        .formatted(who, name, word(to(event, "classification")).toLowerCase(Locale.ROOT));
            default -> "%s %s the action “%s”%s".formatted(who, verb(event), name, end(event));
        };
    }

    private static String assigned(InvestigationEvent event, String who, String what) {
        var to = to(event, "assignee");
        if (to.isEmpty()) {
            return "%s unassigned %s from %s.".formatted(who, what, from(event, "assignee"));
        }
        return to.equals(who) ? "%s took %s.".formatted(who, what) : "%s assigned %s to %s.".formatted(who, what, to);
    }

    private static String verb(InvestigationEvent event) {
        return switch (event.action()) {
            case CREATED -> "added";
            case DELETED -> "deleted";
            case COMPLETED -> "completed";
            case CLOSED -> "closed";
            case ASSIGNED -> "assigned";
            default -> "changed";
        };
    }

    /** What became different, behind a colon; a mere end for what was added or deleted as a whole. */
    private static String end(InvestigationEvent event) {
        if (event.action() == HistoryAction.CREATED || event.action() == HistoryAction.DELETED) {
            return ".";
        }
        var changes = event.changes().stream().map(InvestigationWords::change).collect(Collectors.joining(", "));
        return changes.isEmpty() ? "." : ": " + changes + ".";
    }

    private static String change(Change change) {
        var what = InvestigationField.named(change.what())
                .map(field -> field.title().toLowerCase(Locale.ROOT))
                .orElse(change.what().replace('_', ' '));
        if (change.from().isEmpty()) {
            return "%s is “%s”".formatted(what, word(change.to()));
        }
        return change.to().isEmpty()
                ? "%s “%s” is gone".formatted(what, word(change.from()))
                : "%s “%s” → “%s”".formatted(what, word(change.from()), word(change.to()));
    }

    /** A constant as people read it; anything else as it is, cut when it is long. */
    private static String word(String value) {
        return value.matches("[A-Z][A-Z0-9_]{2,40}") && isConstant(value) ? Choices.title(value) : brief(value);
    }

    private static boolean isConstant(String value) {
        for (var field : InvestigationField.values()) {
            if (field.choices().contains(value)) {
                return true;
            }
        }
        return isOneOf(value, InvestigativeAction.Status.values())
                || isOneOf(value, InvestigativeAction.Type.values())
                || isOneOf(value, InvestigativeAction.Classification.values())
                || isOneOf(value, RemediationAction.Type.values())
                || isOneOf(value, RemediationAction.Status.values())
                || value.equals("OPEN");
    }

    private static boolean isOneOf(String value, Enum<?>[] constants) {
        for (var constant : constants) {
            if (constant.name().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "." : ": “" + reason + "”";
    }

    private static String brief(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static String from(InvestigationEvent event, String what) {
        return event.changes().stream()
                .filter(change -> change.what().equals(what))
                .map(change -> brief(change.from()))
                .findFirst()
                .orElse("");
    }

    private static String to(InvestigationEvent event, String what) {
        return event.changes().stream()
                .filter(change -> change.what().equals(what))
                .map(change -> brief(change.to()))
                .findFirst()
                .orElse("");
    }
}
