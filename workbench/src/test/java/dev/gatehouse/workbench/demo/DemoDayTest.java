package dev.gatehouse.workbench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.investigations.Findings;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationFilter;
import dev.gatehouse.workbench.investigations.InvestigationOrder;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.GeneratedPassword;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DemoDayTest extends ScreenTest {

    @Autowired
    private Organizations organizations;

    @Autowired
    private Accounts accounts;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private Investigations investigations;

    @Autowired
    private Findings findings;

    @Autowired
    private DemoCases cases;

    @Autowired
    private DemoBacklog backlog;

    @BeforeEach
    @AfterEach
    void nobodyWorks() {
        database.sql("delete from account where email = :email")
                .param("email", DemoDay.ANALYST)
                .update();
    }

    private DemoDay day() {
        return new DemoDay(organizations, accounts, alerts, investigations, cases, backlog);
    }

    /** Looks twice, so that it sees that no more comes. */
    private void run(DemoDay day) {
        day.run();
        day.run();
    }

    private void hire() {
        accounts.add(DemoDay.ANALYST, "Sam Okafor", Membership.ofProvider(Role.SOC_ANALYST), GeneratedPassword.draw());
    }

    /** An organization with so many alerts. */
    private Organization customer(String shortName, int count) {
        var organization = organizations.add(new OrganizationDraft(shortName + " Ltd", shortName, "", "", ""));
        var device = editing.add(
                Scope.everything(),
                DeviceDraft.empty()
                        .with(DeviceField.NAME, shortName)
                        .with(DeviceField.LOCATION, "cloud")
                        .with(DeviceField.ORGANIZATION, shortName)
                        .with(
                                DeviceField.DIRECTORY_ID,
                                UUID.nameUUIDFromBytes(shortName.getBytes(StandardCharsets.UTF_8))
                                        .toString())
                        .with(DeviceField.APPLICATION_ID, APPLICATION)
                        .with(DeviceField.CLIENT_SECRET, "a-secret-for-the-demo-0123456789"),
                "tester");
        receive(
                device,
                Feed.ALERTS,
                IntStream.range(0, count)
                        .mapToObj(number -> Originals.dcSync("d" + number, "Suspected DCSync attack", "high")
                                .replace("mallory", "mallory" + number))
                        .toArray(String[]::new));
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
        return organization;
    }

    private List<Investigation> of(Organization organization) {
        return investigations
                .list(
                        Scope.of(organization.id()),
                        InvestigationFilter.ALL,
                        InvestigationOrder.OLDEST,
                        Optional.empty(),
                        10)
                .rows();
    }

    private List<Alert> alertsOf(Organization organization, AlertStatus status) {
        return alerts.list(
                        Scope.of(organization.id()),
                        AlertFilter.ALL.withStatuses(Set.of(status)),
                        AlertOrder.NEWEST,
                        Optional.empty(),
                        100)
                .rows();
    }

    @Test
    void theOrganizationsHaveAClosedIncidentAnIncidentAndAnInvestigationUnderWay() {
        var worked = List.of(customer("ACME", 12), customer("BETA", 12), customer("CHI", 12));
        hire();
        run(day());

        var all = worked.stream().flatMap(each -> of(each).stream()).toList();
        assertThat(all).hasSize(3).allMatch(each -> each.assignee().isPresent());
        assertThat(all).filteredOn(each -> !each.isOpen()).singleElement().satisfies(closed -> {
            assertThat(closed.standing().isIncident()).isTrue();
            assertThat(findings.of(Scope.everything(), closed.id()))
                    .allMatch(finding -> !finding.finding().isEmpty());
        });
        assertThat(all)
                .filteredOn(each -> each.isOpen() && each.standing().isIncident())
                .hasSize(1);
        for (var organization : worked) {
            assertThat(alertsOf(organization, AlertStatus.OPEN)).hasSizeBetween(1, 8);
            assertThat(alertsOf(organization, AlertStatus.CLOSED)).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void anOrganizationIsWorkedOnOnce() {
        var acme = customer("ACME", 12);
        hire();
        run(day());
        var closed = alertsOf(acme, AlertStatus.CLOSED).size();
        run(day());

        assertThat(of(acme)).hasSize(1);
        assertThat(alertsOf(acme, AlertStatus.CLOSED)).hasSize(closed);
    }

    @Test
    void theBacklogIsWaitedFor() {
        var acme = customer("ACME", 12);
        hire();
        var day = day();
        day.run();

        assertThat(of(acme)).isEmpty();
        day.run();
        assertThat(of(acme)).hasSize(1);
    }

    @Test
    void nothingIsDoneBeforeThereIsSomebodyAndSomething() {
        var acme = customer("ACME", 12);
        run(day());
        assertThat(of(acme)).isEmpty();

        var quiet = customer("BETA", 3);
        hire();
        run(day());
        assertThat(of(acme)).hasSize(1);
        assertThat(of(quiet)).isEmpty();
    }
}
