package dev.gatehouse.workbench.web.pages.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

class RulePagesTest extends ScreenTest {

    private static final String RULES = "/detections/rules";
    private static final String SHIPPED = RULES + "/suspected-dcsync-attack";

    @Autowired
    private Organizations organizations;

    @Autowired
    private AlertMaking making;

    @BeforeEach
    void emptyRules() {
        database.sql("delete from detection_rule").update();
        database.sql("delete from detection_rule_switch").update();
    }

    private Membership acme(Role role) {
        return Membership.of(
                role,
                organizations
                        .named(Scope.everything(), "ACME")
                        .orElseGet(() -> organizations.add(OrganizationDraft.named("Acme")))
                        .id());
    }

    private MockHttpServletResponse post(Membership who, String address, Map<String, String> form) throws Exception {
        var request = MockMvcRequestBuilders.post(URI.create(address));
        form.forEach(request::param);
        return mvc.perform(request.with(people.a(who)).with(csrf())).andReturn().getResponse();
    }

    private static String rule(String id, int version) {
        return """
                id: %s
                version: %d
                name: Nightly <b>work</b>
                description: Nobody works at night here.
                condition: |
                  alert.category == "Night"
                severity: {fidelity: high, impact: high, vendor: medium}
                join: {by: host, within: 2h}
                attack: {tactics: [TA0008], techniques: [T1078]}
                examples:
                  match: [{category: Night}]
                  no_match: [{category: Day}]
                """.formatted(id, version);
    }

    @Test
    void listsRulesAndFindsThemByWords() {
        assertThat(open(RULES)).hasStatusOk().bodyText().contains("Detection rules", "1–50 of 1", "Add Rule");
        assertThat(open(RULES + "?text=dcsync"))
                .hasStatusOk()
                .bodyText()
                .contains("Suspected DCSync attack", "T1003.006", "Critical")
                .doesNotContain("Group Policy Tampering");
        assertThat(open(RULES + "?text=T1553")).bodyText().contains("Group Policy Tampering");
        assertThat(open(RULES + "?source=customer")).bodyText().contains("No rule fits the filters");
        assertThat(open(RULES + "?severity=low&state=on&page=1"))
                .bodyText()
                .contains("Honeytoken was queried via LDAP");
        assertThat(open(RULES + "?page=99")).hasStatusOk().bodyText().contains("Nothing is on this page");
    }

    @Test
    void showsEverythingAboutOne() {
        assertThat(open(SHIPPED))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "A machine that is no domain controller",
                        "High</span> fidelity",
                        "Who else replicated the directory?",
                        "As it has to be",
                        "attack.mitre.org/techniques/T1003/006/",
                        "the same account are one alert",
                        "within 24 h",
                        "Switch off");
        assertThat(open(RULES + "/no-such-rule")).hasStatus(404);
        assertThat(open(RULES + "/No!Rule")).hasStatus(404);
        assertThat(open(SHIPPED + "/edit")).hasStatus(404);
    }

    @Test
    void addsARuleThatIsInForceAtOnceAndChangesIt() throws Exception {
        var added = post(
                Membership.ofProvider(Role.SOC_ANALYST),
                RULES,
                Map.of("yaml", rule("night-work", 1).replace("\n", "\r\n")));
        assertThat(added.getRedirectedUrl()).isEqualTo(RULES + "/night-work");
        assertThat(open(RULES + "/night-work"))
                .bodyText()
                .contains("Nightly &lt;b&gt;work&lt;/b&gt;", "provider", "Added", "Version 1")
                .doesNotContain("<b>work</b>");

        assertThat(send(RULES + "/night-work", Map.of("yaml", rule("night-work", 1) + "# more\n")))
                .hasStatus(422)
                .bodyText()
                .contains("it is 1 now", "# more");
        assertThat(send(RULES + "/night-work", Map.of("yaml", rule("night-work", 2))))
                .hasStatus(302);
        assertThat(open(RULES + "/night-work")).bodyText().contains("Version 2");

        assertThat(send(RULES + "/night-work/remove", Map.of("reason", "not needed")))
                .hasStatus(302);
        assertThat(open(RULES + "/night-work")).hasStatus(404);
    }

    @Test
    void saysLineAndColumnOfWhatIsWrongAndKeepsWhatWasTyped() {
        assertThat(send(RULES, Map.of("yaml", rule("night-work", 1).replace("alert.category", "alert.categorie"))))
                .hasStatus(422)
                .bodyText()
                .contains("Not saved.", "Line 6, column 8: ", "Undefined field &#39;categorie&#39;", "alert.categorie");
        assertThat(open(RULES + "/night-work")).hasStatus(404);
    }

    @Test
    void switchesAShippedRuleOffWithAReasonForWhoeverIsLookedAt() throws Exception {
        assertThat(send(SHIPPED + "/off", Map.of("reason", ""))).hasStatus(302);
        assertThat(open(SHIPPED)).bodyText().doesNotContain("Switched off for");

        post(acme(Role.ORGANIZATION_ADMIN), SHIPPED + "/off", Map.of("reason", "a test runs"));
        assertThat(open(SHIPPED)).bodyText().contains("Switched off for Acme", "a test runs");
        assertThat(open(RULES + "?state=off")).bodyText().contains("Suspected DCSync attack");

        post(acme(Role.ORGANIZATION_ADMIN), SHIPPED + "/on", Map.of());
        assertThat(open(SHIPPED)).bodyText().doesNotContain("Switched off for Acme");
        send(RULES + "/default/off", Map.of("reason", "because"));
        assertThat(open(RULES + "/default")).bodyText().doesNotContain("Switched off for");
    }

    @Test
    void keepsOneCustomersRulesFromAnother() throws Exception {
        assertThat(post(acme(Role.ORGANIZATION_ADMIN), RULES, Map.of("yaml", rule("acme-night", 1)))
                        .getRedirectedUrl())
                .isEqualTo(RULES + "/acme-night");
        var other = Membership.of(
                Role.ORGANIZATION_ADMIN,
                organizations.add(OrganizationDraft.named("Globex")).id());

        assertThat(openAs(other, RULES + "/acme-night")).hasStatus(404);
        assertThat(textOf(openAs(other, RULES + "?source=customer"))).doesNotContain("acme-night");
        assertThat(post(other, RULES + "/acme-night/remove", Map.of("reason", "mine"))
                        .getStatus())
                .isEqualTo(404);
        assertThat(openAs(acme(Role.ORGANIZATION_ANALYST), RULES + "/acme-night"))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("Remove it", "Switch off");
        assertThat(post(acme(Role.ORGANIZATION_ANALYST), RULES, Map.of("yaml", rule("acme-two", 1)))
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void countsWhatEachRuleHasMadeInThirtyDaysAndLeadsToIt() {
        workOnNothing();
        var contoso = device("Contoso");
        receive(
                contoso,
                Feed.ALERTS,
                Originals.dcSync("da1", "Suspected DCSync attack", "high"),
                Originals.dcSync("da2", "Suspected DCSync attack", "high"));
        while (making.next(contoso.directory(), 100)) {
            // The next portion.
        }

        assertThat(plain(RULES + "?text=dcsync")).contains("1 2 1 On");
        assertThat(textOf(open(RULES + "?text=dcsync")))
                .contains("/alerts?rule=suspected-dcsync-attack&amp;status=any&amp;from=2026-10-25");
        assertThat(plain(SHIPPED)).contains("1 alert of 2 vendor alerts in 30 days");
        assertThat(textOf(open("/alerts?rule=suspected-dcsync-attack&status=any&from=2026-10-25")))
                .contains("Suspected DCSync attack");

        clock.advance(java.time.Duration.ofDays(30));
        assertThat(plain(SHIPPED)).contains("0 alerts of 0 vendor alerts in 30 days");
        assertThat(textOf(openAs(acme(Role.ORGANIZATION_ADMIN), SHIPPED))).contains("0 alerts");
    }

    private String plain(String address) {
        return textOf(open(address)).replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }
}
