package dev.gatehouse.workbench.web.pages.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AlertAnalysisPagesTest extends ScreenTest {

    private static final String PATH = "/dashboards/alert-analysis";

    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private InvestigationActions investigations;

    @Autowired
    private Investigations found;

    @Autowired
    private Organizations organizations;

    private SecurityDevice received(String name, String... vendorAlerts) {
        var device = device(name);
        receive(device, Feed.ALERTS, vendorAlerts);
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
        return device;
    }

    private static String words(String page) {
        return page.replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void showsWhatCameInAndWhatBecameOfIt() {
        var contoso = received(
                "Contoso",
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Something else", "low"));
        receive(contoso, Feed.INCIDENTS, Originals.incident("28282", "Multi-stage incident", ""));

        assertThat(words(textOf(open(PATH))))
                .contains(
                        "3 Raw Events Ingested",
                        "2 Vendor Alerts",
                        "2 Expel Alerts",
                        "0 Investigations",
                        "0 Incidents",
                        "Contoso My Organization 3 2 2");
    }

    /** Contoso with a bit of everything, and Fabrikam with other things on the same days. */
    private SecurityDevice stage() {
        var contoso = received(
                "Contoso",
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Something else", "low"),
                Originals.dcSync("da3", "Something else again", "low"));
        receive(contoso, Feed.INCIDENTS, Originals.incident("28282", "Multi-stage incident", ""));
        receive(
                contoso,
                Feed.LOGON_EVENTS,
                IntStream.rangeClosed(1, 120).mapToObj(Originals::logon).toArray(String[]::new));
        receiveLeftOut(
                contoso, Originals.dcSync("left1", "Malware", "high"), Originals.dcSync("left2", "More", "high"));
        received(
                "Fabrikam",
                Originals.dcSync("db1", "Suspected DCSync attack", "high"),
                Originals.dcSync("db2", "Suspected DCSync attack again", "high"));
        clock.advance(Duration.ofDays(1));
        receive(contoso, Feed.ALERTS, Originals.dcSync("da4", "A day later", "high"));
        making.next(contoso.directory(), 100);
        var made = alerts.list(Scope.everything(), AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 10)
                .rows();
        var investigation = investigations.openFrom(
                Scope.everything(),
                ADA,
                made.stream()
                        .filter(alert -> !alert.isClosed())
                        .map(Alert::id)
                        .limit(2)
                        .toList(),
                "Theft");
        investigations.promote(
                Scope.everything(),
                ADA,
                InvestigationActions.Seen.of(
                        found.find(Scope.everything(), investigation).orElseThrow()));
        return contoso;
    }

    @Test
    void eachNumberLeadsToAsManyRows() {
        var contoso = stage();

        var numbers = new ArrayList<>(Numbers.of(textOf(open(PATH))));
        numbers.addAll(Numbers.of(textOf(open(PATH + "/" + contoso.id()))));
        numbers.addAll(Numbers.of(textOf(open(PATH + "?from=2026-11-24&to=2026-11-24"))));

        assertThat(numbers).hasSizeGreaterThan(8 + 2 * 6 + 8 + 8 + 2 * 6);
        assertThat(numbers.getFirst().value()).isEqualTo(3 + 1 + 120 + 2 + 2 + 1);
        assertThat(numbers.stream().filter(number -> number.value() > 0)).hasSizeGreaterThan(20);
        assertThat(numbers)
                .allSatisfy(number -> assertThat(Numbers.rows(number.address(), address -> textOf(open(address))))
                        .as(number.text() + " at " + number.address())
                        .isEqualTo(number.value()));
    }

    @Test
    void showsAlertsAndVendorAlertsByDayAndLeadsToThem() {
        stage();

        var bySeverity = textOf(open(PATH));
        var byEnding = textOf(open(PATH + "?by=ending"));

        assertThat(words(bySeverity))
                .contains("Expel Alerts per day, by severity", "Critical High Medium Low", "Vendor Alerts per day")
                .contains("2026-11-23 5", "2026-11-24 1");
        assertThat(words(byEnding)).contains("by how they ended", "True positive Benign");
        assertThat(Numbers.of(byEnding))
                .allSatisfy(number -> assertThat(Numbers.rows(number.address(), address -> textOf(open(address))))
                        .as(number.text() + " at " + number.address())
                        .isEqualTo(number.value()));
    }

    @Test
    void eachNumberLeadsCustomersToAsManyRows() {
        stage();
        var mine = organizations.all(Scope.everything()).getFirst();
        var customer = Membership.of(Role.ORGANIZATION_ANALYST, mine.id());

        var numbers = Numbers.of(textOf(openAs(customer, PATH)));

        assertThat(numbers.getFirst().value()).isEqualTo(129);
        assertThat(numbers).allSatisfy(number -> assertThat(
                        Numbers.rows(number.address(), address -> textOf(openAs(customer, address))))
                .as(number.text() + " at " + number.address())
                .isEqualTo(number.value()));
    }

    @Test
    void theCountersFollowARecordThatCameEarlierThanWasKnownAndOneThatIsNoLongerLeftOut() {
        var contoso = stage();
        database.sql("update hunting_row set first_seen_at = first_seen_at - interval '3 days' where report_id = 'r7'")
                .update();
        receive(contoso, Feed.ALERTS, Originals.dcSync("left1", "Malware", "high"));

        var numbers = new ArrayList<>(Numbers.of(textOf(open(PATH + "?from=2026-11-20&to=2026-11-20"))));
        numbers.addAll(Numbers.of(textOf(open(PATH))));

        assertThat(numbers.getFirst().value()).isEqualTo(1);
        assertThat(numbers)
                .allSatisfy(number -> assertThat(Numbers.rows(number.address(), address -> textOf(open(address))))
                        .as(number.text() + " at " + number.address())
                        .isEqualTo(number.value()));
    }

    @Test
    void listsRawEventsOfAllKindsAndTurnsTheirPagesBothWays() {
        stage();

        var first = textOf(open("/dashboards/raw-events"));
        var second = textOf(open(Numbers.next(first)));
        var back = textOf(open(Numbers.previous(second)));

        assertThat(words(first)).contains("All 129", "Vendor alerts 6", "Logon events 120", "Other products 2");
        assertThat(Numbers.keys(second)).hasSize(50).doesNotContainAnyElementsOf(Numbers.keys(first));
        assertThat(Numbers.keys(back)).isEqualTo(Numbers.keys(first));
        assertThat(words(textOf(open("/dashboards/raw-events?kind=left-out"))))
                .contains("Microsoft Defender for Identity")
                .doesNotContain("LogonSuccess");
        assertThat(words(textOf(open("/dashboards/raw-events?kind=nothing")))).contains("There is no kind");
    }

    @Test
    void leavesOutWhatCameOnOtherDays() {
        received("Contoso", Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(words(textOf(open(PATH + "?from=2026-01-01&to=2026-01-31"))))
                .contains("0 Raw Events Ingested", "0 Expel Alerts");
        assertThat(words(textOf(open(PATH + "?from=2026-02-01&to=2026-01-31")))).contains("ends before it begins");
        assertThat(words(textOf(open(PATH + "?from=soon")))).contains("“soon” is no date");
    }

    @Test
    void aDeviceHasTabsForItsVendorAlertsAndItsAlerts() {
        var contoso = received("Contoso", Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var one = PATH + "/" + contoso.id();

        assertThat(words(textOf(open(one))))
                .contains("Overview", "Vendor Alerts", "Expel Alerts", "This device is new.");
        assertThat(textOf(open(one + "?tab=vendor-alerts"))).contains("Suspected DCSync attack");
        assertThat(textOf(open(one + "?tab=alerts"))).contains("DCSync", "/alerts/");
        assertThat(textOf(open(one + "/alerts.csv")))
                .startsWith("Created,Severity,Name,")
                .contains("DCSync", "contoso\\mallory");
    }
}
