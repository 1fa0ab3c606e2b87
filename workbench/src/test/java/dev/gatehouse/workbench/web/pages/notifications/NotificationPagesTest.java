package dev.gatehouse.workbench.web.pages.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.notifications.Receiver;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Saying on pages where notifications go, and looking at what became of them. */
class NotificationPagesTest extends ScreenTest {

    private static final String INTEGRATIONS = "/settings/integrations";
    private static final String RULES = "/settings/notifications";
    private static final String OWN = "/account/notifications";

    @Autowired
    private InvestigationActions investigations;

    @Autowired
    private Organizations organizations;

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    private UUID organization() {
        return organizations.byDefault().id();
    }

    private Map<String, String> webhook(String url) {
        return Map.of(
                "integration_type",
                "webhook",
                "name",
                "Our program",
                "url",
                url,
                "auth_type",
                "HMAC",
                "organization",
                organization().toString());
    }

    /** Adds a webhook; gives the address of its page. */
    private String added() {
        var saved = send(INTEGRATIONS, webhook(receiver.url()));
        assertThat(saved).hasStatus3xxRedirection();
        return String.valueOf(saved.getResponse().getHeader("Location"));
    }

    private MvcTestResult as(Membership who, String address, Map<String, String> form) {
        var request = MockMvcRequestBuilders.post(URI.create(address));
        form.forEach(request::param);
        return MockMvcTester.create(mvc).perform(request.with(people.a(who)).with(csrf()));
    }

    @Test
    void showsTheSecretOnceAndNeverAgain() {
        var saved = send(INTEGRATIONS, webhook(receiver.url()));

        var shown = saved.getMvcResult().getFlashMap().get("shownOnce");
        assertThat(shown).isNotNull();
        assertThat(shown.toString()).contains("The secret of “Our program”", "••••");
        var page = textOf(open(String.valueOf(saved.getResponse().getHeader("Location"))));
        assertThat(page).contains("Set; it is shown to nobody", "HMAC Header", receiver.url());
        assertThat(textOf(open(INTEGRATIONS))).contains("Our program", "Not tested");
    }

    @Test
    void keepsWhatWasTypedWhenItIsRefusedButForTheSecret() {
        var refused = send(
                INTEGRATIONS,
                Map.of(
                        "integration_type",
                        "webhook",
                        "name",
                        "Our <program>",
                        "url",
                        "http://hooks.example.com/",
                        "auth_type",
                        "BASIC",
                        "secret",
                        "open-sesame"));

        assertThat(refused).hasStatus(422);
        assertThat(textOf(refused))
                .contains(
                        "Our &lt;program&gt;",
                        "http://hooks.example.com/",
                        "Enter an address that begins with https://",
                        "Enter a user name of visible characters")
                .doesNotContain("open-sesame");
    }

    @Test
    void testsAConnectionAndSaysWhyItFails() {
        var page = added();

        send(page + "/test", Map.of());
        assertThat(textOf(open(page))).contains("Test succeeded", "The receiver answered 200.");

        receiver.answers(404);
        send(page + "/test", Map.of());
        assertThat(textOf(open(page)))
                .contains("Test failed", "The receiver answered 404: there is nothing at this address.");
        assertThat(receiver.got()).hasSize(2);
    }

    @Test
    void aRuleOfAFormLeadsToADeliveryThatCanBeSentAgain() {
        var page = added();
        var key = "integration:" + page.substring(page.lastIndexOf('/') + 1);
        assertThat(textOf(open(RULES + "/add?organization=" + organization())))
                .contains("Our program (Webhook)", "A rule of My Organization.");
        assertThat(send(
                        RULES,
                        Map.of(
                                "name", "New investigations",
                                "event_names", "investigation_created",
                                "condition_operator", "ALL_OF",
                                "destinations", key,
                                "organization", organization().toString(),
                                "is_enabled", "true")))
                .hasStatus3xxRedirection();
        assertThat(textOf(open(RULES))).contains("New investigations", "Investigation is created", "Our program");

        investigations.open(Scope.everything(), Actor.GATEHOUSE, organization(), "Odd sign-ins");
        await().atMost(Duration.ofSeconds(20)).until(() -> receiver.got().size() == 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> textOf(open(page)).contains("Delivered"));

        var link =
                Pattern.compile("href=\"(" + page + "/deliveries/[0-9a-f-]+)\"").matcher(textOf(open(page)));
        assertThat(link.find()).isTrue();
        assertThat(textOf(open(link.group(1))))
                .contains("investigation_created", "&quot;title&quot; : &quot;Odd sign-ins&quot;", "200, taken");
        send(link.group(1) + "/again", Map.of());
        await().atMost(Duration.ofSeconds(20)).until(() -> receiver.got().size() == 2);
        assertThat(receiver.got().getLast().body())
                .isEqualTo(receiver.got().getFirst().body());
    }

    @Test
    void keepsTheChoicesOfARuleThatIsRefused() {
        var refused = send(
                RULES,
                Map.of(
                        "name", "",
                        "event_names", "incident_created",
                        "condition_operator", "ANY_OF",
                        "condition_field", "severity",
                        "condition_is", "is_not",
                        "condition_values", "LOW, MEDIUM"));

        assertThat(refused).hasStatus(422);
        assertThat(textOf(refused))
                .contains("The name is empty.")
                .containsPattern("value=\"incident_created\"\\s+checked=\"checked\"")
                .containsPattern("value=\"ANY_OF\"\\s+checked=\"checked\"")
                .containsPattern("value=\"is_not\"\\s+selected=\"selected\"")
                .contains("value=\"LOW, MEDIUM\"");
    }

    @Test
    void addsTheUsualRulesOnce() {
        var form = Map.of("organization", organization().toString());

        send(RULES + "/usual", form);
        send(RULES + "/usual", form);

        var page = textOf(open(RULES));
        assertThat(page)
                .contains(
                        "Incident is assigned to my org",
                        "Security device has a health status change",
                        "Assignee is my_organization",
                        "Nowhere yet: it tells nobody");
        assertThat(page.split("data-key=")).hasSize(9);
    }

    @Test
    void tellsWhoeverIsLateThatSomebodyWasFaster() {
        send(RULES + "/usual", Map.of("organization", organization().toString()));
        var link = Pattern.compile("href=\"(" + RULES + "/[0-9a-f-]+)/edit\"").matcher(textOf(open(RULES)));
        assertThat(link.find()).isTrue();
        var form = Map.of(
                "name", "Mine",
                "event_names", "incident_created",
                "condition_operator", "ALL_OF",
                "revision", "0");
        assertThat(send(link.group(1), form)).hasStatus3xxRedirection();

        var late = send(link.group(1), form);

        assertThat(late).hasStatus(409);
        assertThat(textOf(late)).contains("Ada has changed it since you looked", "value=\"Mine\"");
    }

    @Test
    void saysWhoDidWhat() {
        var page = added();
        send(page + "/test", Map.of());
        assertThat(textOf(open(page)))
                .contains(
                        "Ada wrote it: integration_type nothing → webhook; service_name nothing → Our program;",
                        "Ada tested it: status UNTESTED → TEST_SUCCESS; test_result nothing → The receiver answered 200.");

        send(RULES + "/usual", Map.of("organization", organization().toString()));
        var link = Pattern.compile("href=\"(" + RULES + "/[0-9a-f-]+)/edit\"").matcher(textOf(open(RULES)));
        assertThat(link.find()).isTrue();
        assertThat(textOf(open(link.group(1) + "/edit"))).contains("Ada wrote it: name nothing → Incident is");
    }

    @Test
    void whoeverMayNotManageReadsOnlyAndHasRulesOfTheirOwn() {
        var page = added();
        var analyst = Membership.of(Role.ORGANIZATION_ANALYST, organization());

        assertThat(openAs(analyst, page)).hasStatusOk();
        assertThat(textOf(openAs(analyst, page))).doesNotContain("Test connection", "Remove");
        assertThat(as(analyst, page + "/test", Map.of())).hasStatus(403);
        assertThat(as(analyst, RULES, Map.of("name", "Mine"))).hasStatus(403);
        assertThat(openAs(analyst, RULES + "/add")).hasStatus(403);
        assertThat(textOf(openAs(analyst, OWN))).contains("E-mail is not set up");
        var own = as(
                analyst,
                OWN,
                Map.of(
                        "name", "Mine alone",
                        "event_names", "incident_created",
                        "condition_operator", "ALL_OF"));
        assertThat(own).hasStatus3xxRedirection();
        assertThat(textOf(open(RULES))).doesNotContain("Mine alone");
        assertThat(textOf(open(OWN))).doesNotContain("Mine alone");
        assertThat(as(
                        analyst,
                        OWN,
                        Map.of(
                                "name", "To others",
                                "event_names", "incident_created",
                                "condition_operator", "ALL_OF",
                                "destinations", "integration:" + page.substring(page.lastIndexOf('/') + 1))))
                .hasStatus(422);
    }
}
