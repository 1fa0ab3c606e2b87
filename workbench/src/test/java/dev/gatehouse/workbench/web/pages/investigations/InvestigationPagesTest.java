package dev.gatehouse.workbench.web.pages.investigations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class InvestigationPagesTest extends ScreenTest {

    private static final Actor BEN = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");
    private static final String HOSTILE = "<script>alert(1)</script>";

    @Autowired
    private Investigations investigations;

    @Autowired
    private InvestigationActions actions;

    @Autowired
    private Alerts alerts;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Organizations organizations;

    private Alert alert(SecurityDevice device, String id, String title) {
        workOnNothing();
        receive(device, Feed.ALERTS, Originals.dcSync(id, title, "high"));
        while (making.next(device.directory(), 50)) {
            // The next portion.
        }
        return alerts
                .list(Scope.everything(), AlertFilter.ALL, AlertOrder.NEWEST, Optional.empty(), 100)
                .rows()
                .stream()
                .filter(each -> each.tenant().equals(device.directory()))
                .findFirst()
                .orElseThrow();
    }

    private UUID owner() {
        return organizations.byDefault().id();
    }

    private UUID byHand(String title) {
        return actions.open(Scope.everything(), BEN, owner(), title);
    }

    private Investigation find(UUID id) {
        return investigations.find(Scope.everything(), id).orElseThrow();
    }

    private MvcTestResult post(Membership who, String address, Map<String, String> form) {
        return MockMvcTester.create(mvc)
                .perform(fill(address, form).with(people.a(who)).with(csrf()));
    }

    /** Where a form leads after it was accepted. */
    private static String leadsTo(MvcTestResult result) {
        assertThat(result).hasStatus3xxRedirection();
        return String.valueOf(result.getResponse().getRedirectedUrl());
    }

    private static UUID idIn(String address) {
        var found = Pattern.compile("/activity/([0-9a-f-]{36})").matcher(address);
        assertThat(found.find()).as(address).isTrue();
        return UUID.fromString(found.group(1));
    }

    private String revisionOf(UUID id) {
        return String.valueOf(find(id).revision());
    }

    @Test
    void opensFromAnAlertAndShowsItInAllSections() {
        var alert = alert(device("Contoso"), "da1", "Suspected DCSync attack");

        var id = idIn(
                leadsTo(send("/activity", Map.of("alert", alert.id().toString(), "title", "Theft of the directory"))));

        assertThat(open("/activity")).hasStatusOk().bodyText().contains("Theft of the directory", "ORG-");
        assertThat(open("/activity/" + id))
                .hasStatusOk()
                .bodyText()
                .contains("Theft of the directory", "Suspected DCSync attack", "What happened, and how do we know?");
        assertThat(open("/activity/" + id + "/alerts")).hasStatusOk().bodyText().contains(alert.name(), "Lead");
        assertThat(open("/activity/" + id + "/involved"))
                .bodyText()
                .contains("contoso\\mallory", "DC01.contoso.local", "10.1.4.7", "Attacker");
        assertThat(open("/activity/" + id + "/timeline"))
                .bodyText()
                .contains("Microsoft reported", "Suspected DCSync attack", "opened it.");
        assertThat(open("/activity/" + id + "/history")).bodyText().contains("put the alert");
        assertThat(open("/activity/" + id + "/nothing")).hasStatus(404);
        assertThat(open("/activity/" + UUID.randomUUID())).hasStatus(404);
    }

    @Test
    void leadsToTheNumberThatSomebodyKnows() {
        var id = byHand("Theft");
        var number = find(id).shortLink();

        assertThat(leadsTo(open("/activity/by-number/" + number))).isEqualTo("/activity/" + id);
        assertThat(leadsTo(open("/activity/by-number?number=" + number.toLowerCase(java.util.Locale.ROOT))))
                .isEqualTo("/activity/" + id);
        assertThat(open("/activity/by-number/NOPE-1")).hasStatus(404);
    }

    @Test
    void filtersAndSorts() {
        var first = byHand("Theft of the directory");
        var second = byHand("Odd sign-ins");
        actions.promote(Scope.everything(), BEN, Seen.of(find(first)));
        actions.close(
                Scope.everything(),
                BEN,
                Seen.of(find(second)),
                dev.gatehouse.workbench.investigations.Decision.BENIGN,
                "Known.",
                List.of());

        assertThat(titles("/activity")).containsExactly("Theft of the directory");
        assertThat(titles("/activity?status=any&sort=oldest"))
                .containsExactlyInAnyOrder("Theft of the directory", "Odd sign-ins");
        assertThat(titles("/activity?status=closed")).containsExactly("Odd sign-ins");
        assertThat(titles("/activity?decision=benign")).containsExactly("Odd sign-ins");
        assertThat(titles("/activity?decision=inconclusive")).isEmpty();
        assertThat(titles("/activity?show=incidents")).containsExactly("Theft of the directory");
        assertThat(titles("/activity?show=investigations")).isEmpty();
        assertThat(titles("/activity?text=odd&status=any")).containsExactly("Odd sign-ins");
        assertThat(titles("/activity?assigned=me")).isEmpty();
        assertThat(titles("/activity?assigned=nobody")).containsExactly("Theft of the directory");
        assertThat(textOf(open("/activity?status=any"))
                        .replaceAll("<[^>]+>", " ")
                        .replaceAll("\\s+", " "))
                .contains("All 2", "Investigations 1", "Incidents 1");
    }

    private List<String> titles(String address) {
        var rows =
                Pattern.compile("<td class=\"titles\">\\s*<a[^>]*>([^<]*)</a>").matcher(textOf(open(address)));
        return rows.results().map(row -> row.group(1)).toList();
    }

    @Test
    void turnsPages() {
        for (var number = 0; number < 55; number++) {
            byHand("N" + number);
        }
        var first = textOf(open("/activity"));
        var next = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"|rel=\"next\" href=\"([^\"]+)\"")
                .matcher(first);
        assertThat(next.find()).isTrue();
        var address = (next.group(1) == null ? next.group(2) : next.group(1)).replace("&amp;", "&");

        assertThat(titles("/activity")).hasSize(50);
        assertThat(titles(address)).hasSize(5);
    }

    @Test
    void savesFieldsAndAssignsInOneForm() {
        var id = byHand("Theft");

        assertThat(leadsTo(send(
                        "/activity/" + id,
                        Map.of(
                                "revision",
                                revisionOf(id),
                                "title",
                                "Theft of the directory",
                                "analyst_severity",
                                "CRITICAL",
                                "attack_vector",
                                "CRED_THEFT",
                                "open_summary",
                                "They came by *phishing*.",
                                "assignee",
                                owner().toString()))))
                .isEqualTo("/activity/" + id + "/update");

        assertThat(open("/activity/" + id))
                .bodyText()
                .contains("Theft of the directory", "Critical", "Credential theft", "<em>phishing</em>")
                .contains(organizations.byDefault().name());
    }

    @Test
    void tellsTheSecondOfTwoAndKeepsWhatTheyTyped() {
        var id = byHand("Theft");
        var revision = revisionOf(id);
        actions.promote(Scope.everything(), BEN, Seen.of(find(id)));

        assertThat(send("/activity/" + id, Map.of("revision", revision, "title", "Mine", "next_steps", "Typed long")))
                .hasStatus(409)
                .bodyText()
                .contains("Somebody else was faster", "Ben promoted it to an incident.", "Typed long");
        assertThat(find(id).title()).isEqualTo("Theft");
    }

    @Test
    void saysWhatIsMissing() {
        var id = byHand("Theft");

        assertThat(send("/activity/" + id + "/close", Map.of("revision", revisionOf(id), "decision", "BENIGN")))
                .hasStatus(422)
                .bodyText()
                .contains("Say in a few words why.");
        assertThat(send("/activity/" + id + "/close", Map.of("revision", revisionOf(id), "close_comment", "Why")))
                .hasStatus(422)
                .bodyText()
                .contains("Choose a decision.");
        assertThat(send("/activity", Map.of("title", "No organization"))).hasStatus(422);
        assertThat(find(idIn(leadsTo(send("/activity", Map.of("title", "By name", "organization", "org")))))
                        .organization())
                .isEqualTo(owner());
        assertThat(send("/activity/" + id + "/timeline", Map.of("event_date", "soon", "event", "X")))
                .hasStatus(422)
                .bodyText()
                .contains("Enter when it happened");
        assertThat(send(
                        "/activity/" + UUID.randomUUID() + "/close",
                        Map.of("decision", "BENIGN", "close_comment", "x")))
                .hasStatus(404);
    }

    @Test
    void asksAboutTheAlertsWhenItIsClosed() {
        var alert = alert(device("Contoso"), "da1", "Suspected DCSync attack");
        var id = actions.openFrom(Scope.everything(), BEN, List.of(alert.id()), "");
        var seen = alerts.find(Scope.everything(), alert.id()).orElseThrow();

        assertThat(open("/activity/" + id + "/update"))
                .bodyText()
                .contains("Close these alerts, too", "%s:%d".formatted(alert.id(), seen.revision()));
        send(
                "/activity/" + id + "/close",
                Map.of(
                        "revision",
                        revisionOf(id),
                        "decision",
                        "FALSE_POSITIVE",
                        "close_comment",
                        "A scanner.",
                        "alert",
                        "%s:%d".formatted(alert.id(), seen.revision())));

        assertThat(find(id).isOpen()).isFalse();
        assertThat(alerts.find(Scope.everything(), alert.id()).orElseThrow().status())
                .isEqualTo(AlertStatus.CLOSED);
        send("/activity/" + id + "/reopen", Map.of("revision", revisionOf(id), "comment", "Again."));
        assertThat(find(id).isOpen()).isTrue();
    }

    @Test
    void takesFindingsCommentsTimelineActionsAndRemediations() {
        var device = device("Contoso");
        var id = actions.openFrom(
                Scope.everything(),
                BEN,
                List.of(alert(device, "da1", "Suspected DCSync attack").id()),
                "");
        var at = "/activity/" + id;

        send(at + "/findings", Map.of("title", "Who is mallory?", "finding", "A **contractor**. " + HOSTILE));
        send(at + "/comments", Map.of("comment", "Look at [this](javascript:alert(1)). " + HOSTILE));
        send(
                at + "/timeline",
                Map.of(
                        "event_date",
                        "2026-11-22T09:30",
                        "event",
                        "Mail " + HOSTILE,
                        "source_host",
                        "WS1",
                        "destination_host",
                        "DC1",
                        "attack_phase",
                        "DELIVERY",
                        "is_selected",
                        "true"));
        send(at + "/actions", Map.of("type", "VERIFY", "title", "Was that you?", "instructions", "Please say."));
        send(
                at + "/remediation",
                Map.of("type", "DISABLE_USER_ACCOUNT", "asset", "ACCOUNT contoso\\mallory", "detail", "Now."));

        for (var section : List.of("", "/findings", "/comments", "/timeline", "/actions", "/remediation", "/report")) {
            assertThat(open(at + section))
                    .as(section)
                    .hasStatusOk()
                    .bodyText()
                    .doesNotContain(HOSTILE)
                    .doesNotContain("href=\"javascript:");
        }
        assertThat(open(at + "/findings")).bodyText().contains("Who is mallory?", "<strong>contractor</strong>");
        assertThat(open(at + "/timeline")).bodyText().contains("2026-11-22 09:30:00", "WS1 → DC1", "Delivery");
        assertThat(open(at + "/remediation")).bodyText().contains("contoso\\mallory", "0 of 1 done");
        var action = Pattern.compile("/actions/([0-9a-f-]{36})/answer").matcher(textOf(open(at + "/actions")));
        assertThat(action.find()).isTrue();
        send(
                at + "/actions/" + action.group(1) + "/answer",
                Map.of("revision", "0", "activity_authorized", "false", "activity_verified_by", "Eve, IT"));
        assertThat(open(at + "/actions")).bodyText().contains("Not authorised", "Eve, IT", "Ready for analysis");
    }

    @Test
    void theReportIsOneFileThatSaysItAll() {
        var device = device("Contoso");
        var id = actions.openFrom(
                Scope.everything(),
                BEN,
                List.of(alert(device, "da1", "Suspected DCSync attack").id()),
                "Theft of the directory");
        var at = "/activity/" + id;
        send(at + "/findings", Map.of("title", "How did they get in?", "finding", "By phishing."));
        send(at + "/timeline", Map.of("event_date", "2026-11-22T09:30", "event", "Mail", "is_selected", "true"));
        send(at + "/timeline", Map.of("event_date", "2026-11-22T09:31", "event", "Not for the customer"));
        send(at + "/remediation", Map.of("type", "CONTAIN_HOSTS", "asset", "HOST DC01.contoso.local"));
        actions.close(
                Scope.everything(),
                BEN,
                Seen.of(find(id)),
                dev.gatehouse.workbench.investigations.Decision.TRUE_POSITIVE,
                "It was real.",
                List.of());

        var report = open(at + "/report?download=true");

        assertThat(report)
                .hasStatusOk()
                .bodyText()
                .contains("Theft of the directory", "Closed: True positive", "It was real.")
                .contains("By phishing.", "Mail", "contoso\\mallory", "Contain hosts", "DC01.contoso.local")
                .doesNotContain("Not for the customer", "<nav", "<script", "<link");
        assertThat(report.getResponse().getHeader("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(report.getResponse().getHeader("Content-Disposition")).contains(find(id).shortLink() + ".html");
    }

    @Test
    void saysThatMicrosoftMergedWhatTwoInvestigationsHadApart() {
        var device = device("Contoso");
        var first = alert(device, "da1", "Suspected DCSync attack");
        var one = actions.openFrom(Scope.everything(), BEN, List.of(first.id()), "One");
        receive(device, Feed.INCIDENTS, Originals.incident("28282", "First", ""));
        clock.advance(java.time.Duration.ofHours(3));
        workOnNothing();
        receive(
                device,
                Feed.ALERTS,
                Originals.dcSync("da9", "Something else", "high").replace("28282", "99"));
        while (making.next(device.directory(), 50)) {
            // The next portion.
        }
        var second =
                alerts
                        .list(Scope.everything(), AlertFilter.ALL, AlertOrder.NEWEST, Optional.empty(), 10)
                        .rows()
                        .stream()
                        .filter(each -> !each.id().equals(first.id()))
                        .findFirst()
                        .orElseThrow();
        var two = actions.openFrom(Scope.everything(), BEN, List.of(second.id()), "Two");
        receive(device, Feed.INCIDENTS, Originals.incident("99", "Second", ""));
        assertThat(open("/activity/" + one + "/alerts")).bodyText().doesNotContain("Microsoft merged");

        receive(
                device,
                Feed.INCIDENTS,
                Originals.incident("99", "Second", "28282").replace("2026-11-23T11:", "2026-11-23T12:"));

        assertThat(open("/activity/" + one + "/alerts"))
                .bodyText()
                .contains("Microsoft merged", find(two).shortLink(), "/activity/" + two);
        assertThat(open("/activity/" + two)).bodyText().contains("Microsoft merged", "/activity/" + one);
    }

    @Test
    void saysWhatHasHappenedSinceThePageWasOpened() {
        var id = byHand("Theft");
        var since = clock.instant().toEpochMilli();
        clock.advance(java.time.Duration.ofSeconds(5));

        assertThat(textOf(open("/activity/%s/news?since=%d".formatted(id, since))))
                .isBlank();
        actions.promote(Scope.everything(), BEN, Seen.of(find(id)));
        assertThat(open("/activity/%s/news?since=%d&section=findings".formatted(id, since)))
                .bodyText()
                .contains("Changed since you opened this page", "Ben promoted it", "/activity/" + id + "/findings");
    }

    @Test
    void customersSeeAndWorkOnTheirOwnAndOnlyTheirAdminsAskForSupport() {
        var id = byHand("Theft");
        var admin = Membership.of(Role.ORGANIZATION_ADMIN, owner());
        var analyst = Membership.of(Role.ORGANIZATION_ANALYST, owner());
        var other = Membership.of(
                Role.ORGANIZATION_ADMIN,
                organizations
                        .add(new dev.gatehouse.workbench.people.OrganizationDraft("Globex", "GLOBEX", "", "", ""))
                        .id());

        assertThat(openAs(other, "/activity/" + id)).hasStatus(404);
        assertThat(textOf(openAs(other, "/activity"))).doesNotContain("Theft");
        assertThat(post(other, "/activity/" + id + "/promote", Map.of("revision", revisionOf(id))))
                .hasStatus(404);
        assertThat(openAs(Membership.of(Role.AUDITOR, owner()), "/activity/" + id))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("Update Investigation", "Promote to incident");
        assertThat(post(
                        Membership.of(Role.AUDITOR, owner()),
                        "/activity/" + id + "/promote",
                        Map.of("revision", revisionOf(id))))
                .hasStatus(403);
        assertThat(openAs(analyst, "/activity/" + id + "/update"))
                .bodyText()
                .contains("Ask for a review")
                .doesNotContain("Ask for support");
        assertThat(post(analyst, "/activity/" + id + "/support", Map.of("revision", revisionOf(id), "wanted", "true")))
                .hasStatus(403);
        assertThat(post(admin, "/activity/" + id + "/support", Map.of("revision", revisionOf(id), "wanted", "true")))
                .hasStatus3xxRedirection();
        assertThat(openAs(admin, "/activity/" + id)).bodyText().contains("SOC support wanted");
        var opened = idIn(leadsTo(post(analyst, "/activity", Map.of("title", "On demand"))));
        assertThat(find(opened).organization()).isEqualTo(owner());
    }

    private MvcTestResult upload(UUID id, String filename, String content) {
        // The token stands in the address, since the body is read once only, as the file.
        return MockMvcTester.create(mvc)
                .perform(request(HttpMethod.POST, "/activity/%s/files".formatted(id))
                        .contentType("multipart/form-data; boundary=x")
                        .content(
                                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
                                        .formatted(filename, content))
                        .with(people.admin())
                        .with(csrf()));
    }

    @Test
    void aFileIsUploadedListedDownloadedAndRemovedWithoutAScript() {
        var id = byHand("Theft");
        var section = "/activity/%s/files".formatted(id);
        assertThat(textOf(open(section)))
                .contains("No file yet.", "At most 25 MB.", "enctype=\"multipart/form-data\"")
                .containsPattern("action=\"/activity/%s/files\\?_csrf=[^\"]+\"".formatted(id));

        assertThat(upload(id, "page & <b>.html", HOSTILE)).hasStatus3xxRedirection();

        var page = textOf(open(section));
        assertThat(page)
                .contains("page &amp; &lt;b&gt;.html", "text/plain", "Ada", "Remove for good")
                .doesNotContain("<b>.html");
        var address = Pattern.compile("href=\"(%s/[-0-9a-f]+)/download\"".formatted(section))
                .matcher(page);
        assertThat(address.find()).isTrue();
        var file = address.group(1);
        var got = open(file + "/download");
        assertThat(textOf(got)).isEqualTo(HOSTILE);
        assertThat(got.getResponse().getHeader("Content-Disposition"))
                .startsWith("attachment; filename=\"page & _b_.html\"");
        assertThat(got.getResponse().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");

        assertThat(send(file + "/delete", Map.of("revision", "0"))).hasStatus(409);
        assertThat(send(file + "/delete", Map.of("revision", "1"))).hasStatus3xxRedirection();
        assertThat(open(file + "/download")).hasStatus(404);
        assertThat(textOf(open("/activity/%s/history".formatted(id)))).contains("added the file", "deleted the file");
    }

    @Test
    void whatIsNoFileIsRefusedWithAReason() {
        var id = byHand("Theft");

        var nothing = upload(id, "", "");
        assertThat(nothing).hasStatus(400);
        assertThat(textOf(nothing)).contains("Choose a file.");
        var large = upload(id, "dump.bin", "x".repeat((25 << 20) + 1));
        assertThat(large).hasStatus(413);
        assertThat(textOf(large)).contains("is larger than 25 MB", "No file yet.");
        assertThat(database.sql("select count(*) from file where investigation_id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anUploadIsTakenFromOurOwnFormOnly() throws Exception {
        var id = byHand("Theft");

        assertThat(mvc.perform(request(HttpMethod.POST, "/activity/%s/files".formatted(id))
                                .contentType("multipart/form-data; boundary=x")
                                .content("--x--")
                                .with(people.admin()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        assertThat(textOf(openAs(Membership.of(Role.AUDITOR, owner()), "/activity/%s/files".formatted(id))))
                .contains("No file yet.")
                .doesNotContain("Upload a file");
    }
}
