package dev.gatehouse.workbench.demo;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Closes alerts of a demonstration, for reasons that are as mixed as in life. */
@Component
class DemoBacklog {

    private record Ending(CloseReason reason, String comment) {}

    private static final List<Ending> ENDINGS = List.of(
            new Ending(CloseReason.BENIGN, "The nightly scan of the customer's own scanner. It is announced."),
            new Ending(CloseReason.BENIGN, "A known service account on the host that it always uses."),
            new Ending(
                    CloseReason.FALSE_POSITIVE,
                    "The sign-in is the owner's usual one; nothing else came from that host."),
            new Ending(
                    CloseReason.IT_MISCONFIGURATION,
                    "A scheduled task with an old password. The customer has a ticket."),
            new Ending(CloseReason.TESTING, "Test of the customer's red team, announced last week."),
            new Ending(CloseReason.BENIGN, "The help desk moved this account; the change is approved."),
            new Ending(
                    CloseReason.ATTACK_FAILED, "Refused at the domain controller; no sign-in followed within a day."));

    private final AlertActions actions;

    DemoBacklog(AlertActions actions) {
        this.actions = actions;
    }

    /** Starts and closes alerts. */
    void close(Scope scope, Actor analyst, List<Alert> some) {
        for (var ending = 0; ending < ENDINGS.size(); ending++) {
            var mine = new ArrayList<Alert>();
            for (var at = ending; at < some.size(); at += ENDINGS.size()) {
                mine.add(some.get(at));
            }
            if (!mine.isEmpty()) {
                actions.close(
                        scope,
                        analyst,
                        mine.stream().map(AlertActions.Seen::of).toList(),
                        ENDINGS.get(ending).reason(),
                        ENDINGS.get(ending).comment());
            }
        }
    }
}
