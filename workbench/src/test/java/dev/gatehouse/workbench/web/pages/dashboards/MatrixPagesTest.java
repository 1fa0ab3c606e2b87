package dev.gatehouse.workbench.web.pages.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MatrixPagesTest extends ScreenTest {

    private static final String PATH = "/dashboards/mitre-attack";
    private static final Scope ALL = Scope.everything();
    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private AlertActions actions;

    @Autowired
    private Organizations organizations;

    /** Four alerts: two of DCSync, of which one is closed; one whose rule names no tactic, one with none at all. */
    private void stage() {
        for (var name : List.of("Contoso", "Fabrikam")) {
            var device = device(name);
            receive(
                    device,
                    Feed.ALERTS,
                    Originals.dcSync("a-" + name, "Suspected DCSync attack", "high"),
                    Originals.dcSync("b-" + name, "Something else", "high"));
            while (making.next(device.directory(), 100)) {
                // The next portion.
            }
        }
        alerts.list(ALL, AlertFilter.ALL, AlertOrder.NEWEST, Optional.empty(), 10).rows().stream()
                .filter(alert -> alert.tactics().contains("TA0006"))
                .limit(1)
                .forEach(alert -> actions.close(
                        ALL, ADA, List.of(AlertActions.Seen.of(alert)), CloseReason.ATTACK_FAILED, "Blocked."));
    }

    private static String words(String page) {
        return page.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void showsWhatWasSeenUnderItsTacticAndHowItEnded() {
        stage();

        var page = words(textOf(open(PATH)));

        assertThat(page)
                .contains("Credential Access 2 alerts T1003 OS Credential Dumping 2 alerts 1 true positive 1 open")
                .contains("T1003.006 DCSync 2 alerts 1 true positive 1 open")
                .contains("No tactic named 2 alerts T1003 OS Credential Dumping 2 alerts 2 open");
        assertThat(page.indexOf("Discovery")).isLessThan(page.indexOf("Lateral Movement"));
    }

    @Test
    void showsWhatRulesWouldNotice() {
        assertThat(words(textOf(open(PATH))))
                .contains(
                        "T1558 Steal or Forge Kerberos Tickets Covered, not seen",
                        "Resource Development No alert, and no rule.");
    }

    @Test
    void eachNumberLeadsToAsManyAlerts() {
        stage();

        var numbers = Numbers.of(textOf(open(PATH)));

        assertThat(numbers.stream().filter(number -> number.value() > 0)).hasSizeGreaterThan(10);
        assertThat(numbers)
                .allSatisfy(number -> assertThat(Numbers.rows(number.address(), address -> textOf(open(address))))
                        .as(number.text() + " at " + number.address())
                        .isEqualTo(number.value()));
    }

    @Test
    void keepsToTheDaysAndToWhatSomebodyMaySee() {
        stage();
        var acme = organizations.add(OrganizationDraft.named("Acme").withShortName("ACME"));

        assertThat(words(textOf(open(PATH + "?from=2026-11-01&to=2026-11-20")))).contains("Credential Access 0 alerts");
        assertThat(words(textOf(openAs(Membership.of(Role.ORGANIZATION_ANALYST, acme.id()), PATH))))
                .contains("Credential Access 0 alerts");
    }

    @Test
    void givesTheSameAsATable() {
        stage();

        assertThat(textOf(open(PATH + ".csv")).lines())
                .contains(
                        "TA0006,Credential Access,T1003.006,DCSync,yes,2,1,0,0,0,0,1",
                        "NONE,No tactic named,T1003.006,DCSync,no,2,0,0,0,0,0,2");
    }
}
