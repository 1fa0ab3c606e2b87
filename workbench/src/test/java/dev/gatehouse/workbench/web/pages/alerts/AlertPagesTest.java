package dev.gatehouse.workbench.web.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class AlertPagesTest extends ScreenTest {

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private Organizations organizations;

    private SecurityDevice make(String... vendorAlerts) {
        var contoso = device("Contoso");
        // As long ago as no device is tuned for.
        database.sql("insert into feed (tenant_id, feed, first_data_at) values (:tenant, 'alerts', '2026-01-01') "
                        + "on conflict (tenant_id, feed) do update set first_data_at = excluded.first_data_at")
                .param("tenant", contoso.directory().value())
                .update();
        receive(contoso, Feed.ALERTS, vendorAlerts);
        while (making.next(contoso.directory(), 100)) {
            // The next portion.
        }
        return contoso;
    }

    private List<Alert> all() {
        return alerts
                .list(Scope.everything(), AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 100)
                .rows()
                .stream()
                .sorted(Comparator.comparing(Alert::name))
                .toList();
    }

    private static String seen(Alert alert) {
        return alert.id() + ":" + alert.revision();
    }

    private MvcTestResult act(Alert alert, String action, String... more) {
        var form = new java.util.HashMap<>(
                Map.of("alert", seen(alert), "action", action, "back", "/alerts/" + alert.id()));
        for (var at = 0; at < more.length; at += 2) {
            form.put(more[at], more[at + 1]);
        }
        return send("/alerts", form);
    }

    @Test
    void saysThatThereIsNothingToDo() {
        assertThat(open("/alerts")).hasStatusOk().bodyText().contains("No open alert");
        assertThat(open("/alerts?severity=high")).bodyText().contains("No alert fits the filters");
    }

    @Test
    void listsWhatAnAnalystLooksFor() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(textOf(open("/alerts")))
                .contains("DCSync", "contoso\\mallory", "DC01.contoso.local", "My Organization", "Open");
        assertThat(textOf(open("/alerts?text=MALLORY"))).contains("contoso\\mallory");
        assertThat(textOf(open("/alerts?text=nobody"))).contains("No alert fits the filters");
        assertThat(textOf(open("/alerts?status=closed"))).contains("No alert fits the filters");
        assertThat(textOf(open("/alerts?assignee=me"))).contains("No alert fits the filters");
    }

    @Test
    void showsAllAboutAnAlert() {
        var contoso = make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(textOf(open("/alerts/" + all().getFirst().id())))
                .contains("An actor replicated directory secrets.", "contoso\\mallory", "10.1.4.7", "T1003.006")
                .contains("/vendor-alerts/" + contoso.directory() + "/da1", "https://security.microsoft.com/alerts/da1")
                .contains("Gatehouse made it from a vendor alert.");
        assertThat(textOf(open("/vendor-alerts/" + contoso.directory() + "/da1")))
                .contains("/alerts/" + all().getFirst().id(), "Taken by rule");
    }

    @Test
    void anAlertIsTakenClosedAndReopenedByForms() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(act(all().getFirst(), "start")).hasStatus3xxRedirection();
        assertThat(all().getFirst().status()).isEqualTo(AlertStatus.IN_PROGRESS);
        assertThat(textOf(open("/alerts?assignee=me"))).contains("In progress");

        act(all().getFirst(), "close", "close_reason", "BENIGN", "comment", "The scanner of IT.");
        assertThat(all().getFirst().closeReason()).contains(CloseReason.BENIGN);
        assertThat(textOf(open("/alerts/" + all().getFirst().id())))
                .contains("Closed as Benign.", "The scanner of IT.", "Reopen");

        act(all().getFirst(), "reopen", "comment", "Again.");
        assertThat(all().getFirst().status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void closingWithoutAReasonKeepsWhatWasTyped() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        var refused = act(all().getFirst(), "close", "comment", "The scanner of IT.");

        assertThat(refused).hasStatus3xxRedirection();
        assertThat(refused).flash().containsKeys("problems", "typed");
        assertThat(all().getFirst().status()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void theSecondOfTwoIsToldWhatTheFirstDid() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var asBothSawIt = all().getFirst();
        act(asBothSawIt, "close", "close_reason", "BENIGN", "comment", "The scanner of IT.");

        var second = act(asBothSawIt, "close", "close_reason", "TRUE_POSITIVE", "comment", "Real.");

        assertThat(second).flash().hasEntrySatisfying("changedMeanwhile", told -> assertThat(told.toString())
                .contains("has changed since you looked", "closed it as Benign: “The scanner of IT.”"));
        assertThat(all().getFirst().closeReason()).contains(CloseReason.BENIGN);
    }

    @Test
    void anInvestigationIsOpenedFromAnAlertAndNamedWhereTheAlertIsShown() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(act(all().getFirst(), "investigate")).hasStatus3xxRedirection();

        var investigation = all().getFirst().investigation().orElseThrow();
        assertThat(all().getFirst().status()).isEqualTo(AlertStatus.IN_PROGRESS);
        assertThat(textOf(open("/alerts"))).contains("/activity/" + investigation, "ORG-");
        assertThat(textOf(open("/alerts/" + all().getFirst().id()))).contains("/activity/" + investigation);
        assertThat(open("/activity/" + investigation)).hasStatusOk();
    }

    @Test
    void comesBackOnlyToPagesOfOurs() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        for (var back : List.of("https://evil.example/", "//evil.example", "/\\evil.example", "/logout")) {
            assertThat(send("/alerts", Map.of("alert", seen(all().getFirst()), "action", "take", "back", back)))
                    .hasRedirectedUrl("/alerts");
        }
    }

    @Test
    void anAuditorSeesAndChangesNothing() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var auditor = Membership.ofProvider(Role.AUDITOR);

        assertThat(textOf(openAs(auditor, "/alerts/" + all().getFirst().id())))
                .contains("Suspected DCSync")
                .doesNotContain("Close alert", "Comment only");
        assertThat(textOf(openAs(auditor, "/alerts"))).doesNotContain("Assign to me");
    }

    @Test
    void nobodySeesAnAlertOfAnotherOrganization() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var elsewhere = UUID.randomUUID();
        database.sql("""
                        insert into organization (id, guid, name, short_name, created_at, updated_at)
                        values (:id, :guid, 'Elsewhere', 'ELSE', now(), now())
                        """)
                .param("id", elsewhere)
                .param("guid", elsewhere.toString())
                .update();
        var eve = Membership.of(Role.ORGANIZATION_ADMIN, elsewhere);

        assertThat(openAs(eve, "/alerts/" + all().getFirst().id())).hasStatus(404);
        assertThat(textOf(openAs(eve, "/alerts?status=any"))).contains("No alert fits the filters");
    }

    @Test
    void isGivenOnlyToWhoMayWorkOnItWhateverTheFormSays() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var home = organizations.byDefault().id();
        var globex = organizations.add(OrganizationDraft.named("Globex")).id();
        var own = person("own@example.com", "Sam Own", Membership.of(Role.ORGANIZATION_ANALYST, home));
        var strange = person("strange@example.com", "Sam Strange", Membership.of(Role.ORGANIZATION_ANALYST, globex));
        var auditor = person("auditor@example.com", "Sam Auditor", Membership.of(Role.AUDITOR, home));

        for (var refused : List.of(strange, auditor, "strange@example.com", "Sam Auditor", "nobody-at-all", " ")) {
            act(all().getFirst(), "assign", "assignee", refused);
            assertThat(all().getFirst().assignee()).as(refused).isEmpty();
        }
        for (var taken : List.of(own, "OWN@example.com", "sam own", "Sam Own <own@example.com>")) {
            act(all().getFirst(), "assign", "assignee", taken);
            assertThat(all().getFirst().assignee().map(Actor::name)).as(taken).contains("Sam Own");
            act(all().getFirst(), "unassign");
            assertThat(all().getFirst().assignee()).isEmpty();
        }
        act(all().getFirst(), "assign_organization");
        assertThat(all().getFirst().assignee().flatMap(Actor::id)).contains(home);
        assertThat(textOf(open("/people/assignable?assignee=sam")))
                .contains("Sam Own", "Sam Strange")
                .doesNotContain("Sam Auditor");
        assertThat(textOf(openAsAnalyst("/people/assignable?assignee=sam")))
                .contains("Sam Own")
                .doesNotContain("Sam Strange");
        database.sql("update account set locked_at = now() where email = 'own@example.com'")
                .update();
        act(all().getFirst(), "assign", "assignee", own);
        assertThat(all().getFirst().assignee().flatMap(Actor::id)).contains(home);
    }

    /** An account, and gives its id. */
    private String person(String email, String name, Membership membership) {
        var id = java.util.UUID.nameUUIDFromBytes(email.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        database.sql("""
                        insert into account (id, email, display_name, password_hash, role, organization_id, created_at)
                        values (:id, :email, :name, '', :role, :organization, now())
                        on conflict (id) do update set
                            organization_id = excluded.organization_id, role = excluded.role, locked_at = null
                        """)
                .param("id", id)
                .param("email", email)
                .param("name", name)
                .param("role", membership.role().key())
                .param("organization", membership.organization().orElse(null))
                .update();
        return id.toString();
    }
}
