package dev.gatehouse.workbench.web.pages.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.RemediationAction;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TimeMetricPagesTest extends ScreenTest {

    private static final String PATH = "/dashboards/time-metrics";
    private static final Scope ALL = Scope.everything();
    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private AlertActions actions;

    @Autowired
    private InvestigationActions investigations;

    @Autowired
    private Investigations found;

    @Autowired
    private Remediations remediations;

    @Autowired
    private Organizations organizations;

    @Autowired
    private ApiTokens tokens;

    private void pass(int minutes) {
        clock.advance(Duration.ofMinutes(minutes));
    }

    private Alert received(SecurityDevice device, String id, String title, String severity) {
        receive(device, Feed.ALERTS, Originals.dcSync(id, title, severity));
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
        return alerts.list(ALL, AlertFilter.ALL.ofTenant(device.directory()), AlertOrder.NEWEST, Optional.empty(), 1)
                .rows()
                .getFirst();
    }

    private AlertActions.Seen now(Alert alert) {
        return AlertActions.Seen.of(alerts.find(ALL, alert.id()).orElseThrow());
    }

    private InvestigationActions.Seen now(UUID investigation) {
        return InvestigationActions.Seen.of(found.find(ALL, investigation).orElseThrow());
    }

    /** Two alerts of activity of 20 minutes before, one of each of two organizations, and what people did about them. */
    private void stage() {
        var contoso = device("Contoso");
        var fabrikam = device("Fabrikam");
        var litware = device("Litware");
        var acme = organizations.add(OrganizationDraft.named("=Acme").withShortName("ACME"));
        organizations.move(fabrikam.directory(), acme.id());
        var one = received(contoso, "da1", "Suspected DCSync attack", "high");
        var other = received(fabrikam, "db1", "Suspected DCSync attack", "high");
        pass(10);
        actions.start(ALL, ADA, List.of(now(one)));
        pass(20);
        actions.close(ALL, ADA, List.of(now(one)), CloseReason.BENIGN, "Backup.");
        pass(10);
        var investigation = investigations.openFrom(ALL, ADA, List.of(other.id()), "Theft");
        pass(10);
        investigations.promote(ALL, ADA, now(investigation));
        pass(10);
        remediations.add(
                ALL,
                ADA,
                investigation,
                RemediationAction.Type.OTHER_REMEDIATION,
                new RemediationAction.Said("Lock mallory", "", ""),
                Optional.empty(),
                List.of());
        pass(30);
        investigations.close(ALL, ADA, now(investigation), Decision.TRUE_POSITIVE, "It was.", List.of());
        pass(10);
        actions.reopen(ALL, ADA, List.of(now(one)), "Once more.");
        pass(10);
        actions.close(ALL, ADA, List.of(now(one)), CloseReason.BENIGN, "Still.");
        // Nobody has touched these yet: their alerts count for the time to detect alone.
        var untouched = received(contoso, "da2", "Suspected DCSync attack", "high");
        investigations.open(ALL, ADA, acme.id(), "By hand");
        assertThat(untouched.isClosed()).isFalse();
        // What tuning closes is measured nowhere: the device is new, and nobody waited for it.
        assertThat(received(litware, "dl1", "Something else", "low").isClosed()).isTrue();
    }

    private static String words(String page) {
        return page.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void whatNobodyHasTouchedOrFinishedIsNotMeasured() {
        var contoso = device("Contoso");
        received(contoso, "da1", "Suspected DCSync attack", "high");
        var other = received(contoso, "da2", "Something of its own", "high");
        pass(10);
        investigations.openFrom(ALL, ADA, List.of(other.id()), "Theft");

        assertThat(words(textOf(open(PATH))))
                .contains("Time to detect 20 min 20 min 2 alerts", "Time to triage 10 min 10 min 1 alert ")
                .contains("Time to decide 10 min 10 min 1 alert ", "Time to investigate – – 0 investigations");
    }

    @Test
    void measuresFromOneMomentToTheFirstOther() {
        stage();

        var page = words(textOf(open(PATH)));

        assertThat(page)
                .contains("Time to detect 20 min 2 h 10 min 3 alerts")
                .contains("Time to triage 10 min 40 min 2 alerts")
                .contains("Time to decide 30 min 40 min 2 alerts")
                .contains("Time to investigate 50 min 50 min 1 investigation ")
                .contains("Time to acknowledge 50 min 50 min 1 investigation ")
                .contains("Time to respond 1 h 1 h 1 investigation ")
                .contains("So is what Gatehouse closed at once, in tuning for example.");
    }

    @Test
    void eachNumberLeadsToWhatItWasMeasuredOf() {
        stage();

        var page = textOf(open(PATH));
        var numbers = Numbers.of(page);

        // All together, by week, and the metrics that each of two organizations has.
        assertThat(numbers).hasSize(6 + 6 * 12 + 3 + 6);
        assertThat(words(page)).contains("=Acme", "My Organization");
        assertThat(numbers)
                .allSatisfy(number -> assertThat(Numbers.rows(number.address(), address -> textOf(open(address))))
                        .as(number.text() + " at " + number.address())
                        .isEqualTo(number.value()));
    }

    @Test
    void canBeNarrowedToDaysAndToASeverity() {
        stage();

        assertThat(words(textOf(open(PATH + "?from=2026-11-02&to=2026-11-20"))))
                .contains("Time to detect – – 0 alerts");
        assertThat(words(textOf(open(PATH + "?severity=low")))).contains("Time to detect – – 0 alerts");
        assertThat(words(textOf(open(PATH + "?severity=hgih")))).contains("There is no severity");
        assertThat(Numbers.of(textOf(open(PATH + "?severity=critical"))))
                .allSatisfy(number -> assertThat(Numbers.rows(number.address(), address -> textOf(open(address))))
                        .isEqualTo(number.value()));
    }

    @Test
    void aCustomerSeesItsOwn() {
        stage();
        var customer = Membership.of(
                Role.ORGANIZATION_ANALYST,
                organizations.meant(ALL, "ACME").orElseThrow().id());

        var page = words(textOf(openAs(customer, PATH)));

        assertThat(page)
                .contains("Time to triage 40 min 40 min 1 alert ", "Time to respond 1 h 1 h 1 investigation ")
                .doesNotContain("By organization");
        assertThat(textOf(openAs(customer, PATH + ".csv"))).contains("'=Acme").doesNotContain("My Organization");
    }

    @Test
    void givesTheSameAsATableInWhichNothingPassesForAFormula() {
        stage();

        assertThat(textOf(open(PATH + ".csv")).lines())
                .contains(
                        "All,2026-09-07,2026-11-23,any,Time to triage,2,600,2400",
                        "Week,2026-11-23,2026-11-23,any,Time to respond,1,3600,3600",
                        "Week,2026-11-16,2026-11-22,any,Time to respond,0,,",
                        "'=Acme,2026-09-07,2026-11-23,any,Time to decide,1,2400,2400");
    }

    @Test
    void programsGetTheMomentsThatTheTimesAreMadeOf() throws Exception {
        stage();
        var token = tokens.draw();
        tokens.add("Metrics", Membership.ofProvider(Role.SOC_ANALYST), token);
        var answer = mvc.perform(get("/api/v2/service_metrics/export/beta")
                        .queryParam("filter[from]", "2026-11-23T00:00:00Z")
                        .queryParam("filter[to]", "2026-11-24")
                        .header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
        var lines = answer.getContentAsString().lines().toList();

        assertThat(answer.getContentType()).startsWith("text/csv");
        assertThat(lines.getFirst()).startsWith("Expel Alert ID,Alert Status,Severity,Investigation ID,");
        assertThat(lines).hasSize(5);
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                ",CLOSED,",
                                ",,,Microsoft Defender for Identity,2026-11-23T12:00:00.000Z,2026-11-23T12:10:00.000Z,,,,,")
                        .endsWith(",2026-11-23T12:30:00.000Z,2026-11-23T13:50:00.000Z,"))
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                ",incident,Microsoft Defender for Identity,2026-11-23T12:00:00.000Z,",
                                ",2026-11-23T12:40:00.000Z,2026-11-23T12:50:00.000Z,,2026-11-23T13:00:00.000Z,,,"));
    }
}
