package dev.gatehouse.workbench.demo;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.investigations.InvestigationFilter;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.ListedAccount;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Chore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * What the people of a demonstration did before somebody looks: they closed most of the backlog, brought one incident to its end,
 * and are at work on another and on an investigation, in three organizations. Each organization is worked on once, as soon as
 * its backlog is there; what comes later is left for whoever looks.
 */
@Component
@ConditionalOnProperty(name = "gatehouse.demo", havingValue = "true")
class DemoDay implements Chore {

    /** Who works, as {@code gatehouse demo} makes their accounts. */
    static final String ANALYST = "soc.analyst@gatehouse.local";

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    /** With less, a case would have nothing to look at. */
    private static final int ENOUGH = 8;

    private static final int MOST = 500;

    /** While more than that come between two looks, the backlog is still on its way. */
    private static final int TRICKLE = 2;

    /** Open alerts that are left for whoever looks. */
    private static final int LEFT = 6;

    private static final Set<AlertStatus> OPEN = Set.of(AlertStatus.OPEN);

    private final Organizations organizations;
    private final Accounts accounts;
    private final Alerts alerts;
    private final Investigations investigations;
    private final DemoCases cases;
    private final DemoBacklog backlog;

    /** How many open alerts each organization had at the last look. */
    private final Map<UUID, Integer> before = new HashMap<>();

    DemoDay(
            Organizations organizations,
            Accounts accounts,
            Alerts alerts,
            Investigations investigations,
            DemoCases cases,
            DemoBacklog backlog) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.alerts = alerts;
        this.investigations = investigations;
        this.cases = cases;
        this.backlog = backlog;
    }

    @Override
    public String name() {
        return "Working on the alerts of the demonstration";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() {
        var everything = Scope.everything();
        var analyst =
                accounts.find(everything, ANALYST).map(ListedAccount::account).map(Actor::of);
        if (analyst.isEmpty()) {
            return;
        }
        var number = 0;
        for (var organization : organizations.all(everything)) {
            if (isNew(organization)) {
                workWhenAllIsThere(organization, number, analyst.get());
            }
            number++;
        }
    }

    private boolean isNew(Organization organization) {
        return investigations
                        .count(Scope.of(organization.id()), InvestigationFilter.ALL)
                        .all()
                == 0;
    }

    private void workWhenAllIsThere(Organization organization, int number, Actor analyst) {
        var open = open(organization);
        var seen = before.put(organization.id(), open.size());
        if (open.size() >= ENOUGH && seen != null && open.size() <= seen + TRICKLE) {
            work(organization, number, analyst, open);
        }
    }

    private List<Alert> open(Organization organization) {
        return alerts.list(
                        Scope.of(organization.id()),
                        AlertFilter.ALL.withStatuses(OPEN),
                        AlertOrder.MOST_SEVERE,
                        Optional.empty(),
                        MOST)
                .rows();
    }

    private void work(Organization organization, int number, Actor analyst, List<Alert> open) {
        var scope = Scope.of(organization.id());
        var urgent = open.stream()
                .filter(alert -> alert.severity() == AlertSeverity.CRITICAL || alert.severity() == AlertSeverity.HIGH)
                .toList();
        var lead = urgent.isEmpty() ? open.getFirst() : urgent.getFirst();
        // The case comes first: it says that the organization was worked on.
        switch (number % 3) {
            case 0 -> cases.closedIncident(scope, analyst, lead);
            case 1 -> cases.investigationUnderWay(scope, analyst, lead);
            default -> cases.incidentUnderWay(scope, analyst, lead);
        }
        try {
            backlog.close(scope, analyst, open(organization).stream().skip(LEFT).toList());
        } catch (AlertsChangedMeanwhile e) {
            // More came of some while they were closed. They stay open, as they would for a person.
            return;
        }
    }
}
