package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.alerts.AlertEvent.Change;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happened to an alert, as a sentence. */
public final class AlertWords {

    private AlertWords() {}

    /** Who did what, e.g. {@code Ada Lovelace closed it as Benign: "The scanner of IT."} */
    public static String sentence(AlertEvent event) {
        var who = event.actor().name();
        return switch (event.action()) {
            case CREATED -> "%s made it from a vendor alert.".formatted(who);
            case ASSIGNED -> assigned(event, who);
            case STATUS_CHANGED -> statusChanged(event, who);
            case INVESTIGATING ->
                to(event, "investigation").isEmpty()
                        ? "%s took it out of investigation %s.".formatted(who, from(event, "investigation"))
                        : "%s put it into %s.".formatted(who, to(event, "investigation"));
            case VENDOR_ALERT_JOINED ->
                "Vendor alert “%s” joined: %s".formatted(event.fact("title"), sentenceEnd(event.fact("reason")));
            case VENDOR_ALERT_CHANGED ->
                "Microsoft changed vendor alert “%s”: %s."
                        .formatted(
                                event.fact("title"),
                                event.changes().stream().map(AlertWords::change).collect(Collectors.joining(", ")));
            case SEVERITY_CHANGED ->
                "%s changed the severity from %s to %s%s"
                        .formatted(
                                who,
                                word(from(event, "severity")),
                                word(to(event, "severity")),
                                because(event.fact("reason")));
            case READ_AGAIN -> "%s had history read again: %s".formatted(who, sentenceEnd(event.fact("what")));
            case COMMENTED -> "%s: “%s”".formatted(who, event.fact("comment"));
        };
    }

    private static String assigned(AlertEvent event, String who) {
        var to = to(event, "assignee");
        if (to.isEmpty()) {
            return "%s unassigned it from %s.".formatted(who, from(event, "assignee"));
        }
        return to.equals(who) ? "%s took it.".formatted(who) : "%s assigned it to %s.".formatted(who, to);
    }

    private static String statusChanged(AlertEvent event, String who) {
        var reason = event.fact("close_reason");
        var comment = event.fact("comment");
        return switch (to(event, "status")) {
            case "CLOSED" ->
                "%s closed it as %s%s"
                        .formatted(
                                who,
                                reason.isEmpty()
                                        ? "closed"
                                        : CloseReason.valueOf(reason).title(),
                                comment.isEmpty() ? "." : ": “" + comment + "”");
            case "IN_PROGRESS" -> "%s started working on it.".formatted(who);
            default ->
                from(event, "status").equals("CLOSED")
                        ? "%s reopened it%s".formatted(who, because(comment))
                        : "%s put it back to Open.".formatted(who);
        };
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "." : ": " + sentenceEnd(reason);
    }

    private static String sentenceEnd(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String change(Change change) {
        var what = change.what().replace('_', ' ');
        if (change.from().isEmpty()) {
            return "%s is %s".formatted(what, change.to());
        }
        return change.to().isEmpty()
                ? "%s %s is gone".formatted(what, change.from())
                : "%s %s → %s".formatted(what, change.from(), change.to());
    }

    private static String word(String constant) {
        return constant.isEmpty()
                ? "nothing"
                : constant.charAt(0)
                        + constant.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String from(AlertEvent event, String what) {
        return event.changes().stream()
                .filter(change -> change.what().equals(what))
                .map(Change::from)
                .findFirst()
                .orElse("");
    }

    private static String to(AlertEvent event, String what) {
        return event.changes().stream()
                .filter(change -> change.what().equals(what))
                .map(Change::to)
                .findFirst()
                .orElse("");
    }
}
