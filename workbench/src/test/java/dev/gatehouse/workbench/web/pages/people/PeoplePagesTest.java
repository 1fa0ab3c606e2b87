package dev.gatehouse.workbench.web.pages.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.ScreenTest;
import dev.gatehouse.workbench.web.frame.ShownOnce;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

class PeoplePagesTest extends ScreenTest {

    private static final String USERS = "/settings/users";
    private static final String TOKENS = "/settings/service-accounts";
    private static final String ORGANIZATIONS = "/settings/organizations";

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Organizations organizations;

    @Test
    void addsSomebodyAndShowsTheirPasswordOnce() throws Exception {
        var email = email();
        var sent = perform(people.admin(), USERS, Map.of("email", email, "display_name", "Cat", "role", "soc_analyst"));

        assertThat(sent.getResponse().getRedirectedUrl()).isEqualTo(USERS);
        var shown = Objects.requireNonNull((ShownOnce) sent.getFlashMap().get("shownOnce"));
        assertThat(shown.toString()).doesNotContain(shown.secret());
        assertThat(mvc.perform(get(USERS).with(people.admin()).flashAttrs(sent.getFlashMap()))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains(shown.secret(), "The password of " + email, "SOC Analyst", "All organizations");
        assertThat(open(USERS)).bodyText().doesNotContain(shown.secret());
        assertThat(mvc.perform(post("/login")
                                .param("email", email)
                                .param("password", shown.secret())
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
    }

    @Test
    void saysBelowTheFieldWhatIsWrongAndKeepsWhatWasTyped() {
        assertThat(send(USERS, Map.of("email", "cat", "display_name", "Cat", "role", "organization_admin")))
                .hasStatus(422)
                .bodyText()
                .contains("This is no e-mail address.", "Organization Admin is a role in an organization.", "\"Cat\"");
    }

    @Test
    void tellsWhoSavesSecondWhatSomebodyElseHasChangedAndLetsThemSaveAgain() throws Exception {
        var organization = organization();
        var address = ORGANIZATIONS + "/" + organization.id();
        var seen = seen(address + "/edit");
        var mine = Map.of(
                "name",
                "Mine",
                "short_name",
                organization.shortName(),
                "guid",
                organization.guid().value());

        send(address, with(mine, "name", "Theirs", "seen", seen));
        var refused = send(address, with(mine, "seen", seen));

        assertThat(refused)
                .hasStatus(409)
                .bodyText()
                .contains("has changed this meanwhile", "Theirs", "value=\"Mine\"", "take theirs");
        assertThat(send(address, with(mine, "seen", found(textOf(refused))))).hasStatus(302);
        assertThat(open(ORGANIZATIONS)).bodyText().contains("Mine").doesNotContain("Theirs");
    }

    @Test
    void doesTheSameForUsers() throws Exception {
        var cat = account(Membership.ofProvider(Role.AUDITOR));
        var address = USERS + "/" + cat.id();
        var form =
                Map.of("email", cat.email(), "display_name", "Cat", "role", "auditor", "seen", seen(address + "/edit"));

        send(address, with(form, "role", "soc_analyst"));

        assertThat(send(address, with(form, "display_name", "Catherine")))
                .hasStatus(409)
                .bodyText()
                .contains("has changed this meanwhile", "soc_analyst");
    }

    private String seen(String address) {
        return found(textOf(open(address)));
    }

    private static String found(String page) {
        var field = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).isTrue();
        return field.group(1);
    }

    private static Map<String, String> with(Map<String, String> form, String... more) {
        var all = new HashMap<>(form);
        for (var at = 0; at < more.length; at += 2) {
            all.put(more[at], more[at + 1]);
        }
        return all;
    }

    @Test
    void locksUnlocksResetsAndEndsSessions() throws Exception {
        var cat = account(Membership.ofProvider(Role.AUDITOR));

        send(USERS + "/" + cat.id() + "/lock", Map.of());
        assertThat(accounts.find(Scope.everything(), cat.id()).orElseThrow().isLocked())
                .isTrue();
        assertThat(open(USERS)).bodyText().contains("Locked");

        send(USERS + "/" + cat.id() + "/unlock", Map.of());
        assertThat(accounts.find(Scope.everything(), cat.id()).orElseThrow().isLocked())
                .isFalse();

        assertThat(send(USERS + "/" + cat.id() + "/end-sessions", Map.of())).hasStatus(302);
        var reset = perform(people.admin(), USERS + "/" + cat.id() + "/reset-password", Map.of());
        assertThat(reset.getFlashMap().get("shownOnce")).isInstanceOf(ShownOnce.class);
    }

    @Test
    void changesARole() {
        var cat = account(Membership.ofProvider(Role.AUDITOR));
        var acme = organization();

        send(
                USERS + "/" + cat.id(),
                Map.of(
                        "email",
                        cat.email(),
                        "display_name",
                        "Cat",
                        "role",
                        "organization_admin",
                        "organization",
                        acme.id().toString()));

        assertThat(accounts.find(Scope.everything(), cat.id())
                        .orElseThrow()
                        .account()
                        .membership())
                .isEqualTo(Membership.of(Role.ORGANIZATION_ADMIN, acme.id()));
        assertThat(open(USERS + "/" + cat.id() + "/edit"))
                .bodyText()
                .contains("value=\"organization_admin\" selected", "value=\"%s\" selected".formatted(acme.id()));
    }

    @Test
    void tellsWhoeverWouldLockThemselvesOut() throws Exception {
        account(Membership.ofProvider(Role.SOC_ADMIN));
        var me = accounts.find(Scope.everything(), "ada@example.com")
                .map(listed -> listed.account().id());
        if (me.isEmpty()) {
            open(USERS);
        }
        var id = accounts.find(Scope.everything(), "ada@example.com")
                .orElseThrow()
                .account()
                .id();

        assertThat(perform(people.admin(), USERS + "/" + id + "/lock", Map.of())
                        .getFlashMap()
                        .get("problem"))
                .isEqualTo("You cannot lock your own account. Ask another admin to do it.");
        assertThat(send(USERS + "/" + id, Map.of("email", "ada@example.com", "display_name", "Ada", "role", "auditor")))
                .hasStatus(422)
                .bodyText()
                .contains("You cannot change your own role.");
    }

    @Test
    void anAdminOfAnOrganizationFindsNothingOfOthers() throws Exception {
        var acme = organization();
        var admin = people.a(Membership.of(Role.ORGANIZATION_ADMIN, acme.id()));
        var ours = account(Membership.of(Role.AUDITOR, acme.id()));
        var theirs = account(Membership.of(Role.AUDITOR, organization().id()));
        var token = tokens.add("theirs", theirs.membership(), tokens.draw());

        assertThat(text(admin, USERS)).contains(ours.email()).doesNotContain(theirs.email());
        assertThat(text(admin, TOKENS)).doesNotContain("theirs");
        assertThat(text(admin, USERS + "/add")).doesNotContain("SOC Admin", "name=\"organization\"");
        assertThat(status(admin, USERS + "/" + theirs.id() + "/edit")).isEqualTo(404);
        for (var action : new String[] {"", "/lock", "/unlock", "/reset-password", "/end-sessions"}) {
            var form = Map.of("email", "x@example.com", "display_name", "X", "role", "auditor");
            assertThat(perform(admin, USERS + "/" + theirs.id() + action, form)
                            .getResponse()
                            .getStatus())
                    .as(action)
                    .isEqualTo(404);
        }
        assertThat(perform(admin, TOKENS + "/" + token.id() + "/revoke", Map.of())
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        assertThat(status(admin, ORGANIZATIONS)).isEqualTo(403);
        assertThat(status(
                        admin,
                        "/settings/my-organization?organization="
                                + theirs.membership().organization().orElseThrow()))
                .isEqualTo(404);
    }

    @Test
    void findsPeopleAndOrganizationsByAPartOfTheirName() throws Exception {
        var acme = organization();
        var ours = account(Membership.of(Role.AUDITOR, acme.id()));
        var admin = people.a(Membership.of(Role.ORGANIZATION_ADMIN, acme.id()));
        var theirs = account(Membership.of(Role.AUDITOR, organization().id()));

        assertThat(text(people.admin(), USERS + "?q=" + ours.email().toUpperCase(Locale.ROOT)))
                .contains(ours.email(), "1–1 of 1")
                .doesNotContain(theirs.email());
        assertThat(text(admin, USERS + "?q=" + theirs.email())).contains("Nobody has that in the name");
        assertThat(text(people.admin(), ORGANIZATIONS + "?q=" + acme.guid().value()))
                .contains("organization-" + acme.shortName(), "1–1 of 1");
        assertThat(text(people.admin(), ORGANIZATIONS + "?q=nobody-has-this"))
                .contains("No organization has that in its name");
    }

    @Test
    void anAdminOfAnOrganizationGivesNoSocRole() throws Exception {
        var admin =
                people.a(Membership.of(Role.ORGANIZATION_ADMIN, organization().id()));
        var form = Map.of("email", email(), "display_name", "X", "role", "soc_admin", "name", "X");

        assertThat(perform(admin, USERS, form).getResponse().getStatus()).isEqualTo(422);
        assertThat(perform(admin, TOKENS, form).getResponse().getStatus()).isEqualTo(422);
    }

    @Test
    void showsAuditorsWhoIsHereAndNothingToChange() throws Exception {
        var auditor = people.a(Membership.ofProvider(Role.AUDITOR));
        var cat = account(Membership.ofProvider(Role.AUDITOR));

        assertThat(text(auditor, USERS)).contains(cat.email()).doesNotContain("Add User", "Reset password");
        assertThat(text(auditor, TOKENS)).doesNotContain("Create Token", "Revoke</button>");
        assertThat(text(auditor, ORGANIZATIONS)).doesNotContain("Add Organization");
    }

    @Test
    void createsATokenThatWorksShowsItOnceAndRevokesIt() throws Exception {
        var sent = perform(
                people.admin(), TOKENS, Map.of("name", "A script", "role", "auditor", "expires_at", "2027-01-01"));
        var shown = Objects.requireNonNull((ShownOnce) sent.getFlashMap().get("shownOnce"));
        assertThat(apiStatus(shown.secret())).isEqualTo(200);
        assertThat(open(TOKENS)).bodyText().contains("A script", "2027-01-02").doesNotContain(shown.secret());

        var id = tokens.all(Scope.everything()).stream()
                .filter(listed -> listed.token().name().equals("A script") && listed.works(clock.instant()))
                .findFirst()
                .orElseThrow()
                .token()
                .id();
        send(TOKENS + "/" + id + "/revoke", Map.of());
        assertThat(apiStatus(shown.secret())).isEqualTo(401);
        assertThat(open(TOKENS)).bodyText().contains("Revoked");
    }

    @Test
    void addsAndChangesOrganizationsAndShowsTheirValuesToThem() throws Exception {
        assertThat(send(ORGANIZATIONS, Map.of("name", "Acme", "guid", "a123bc45-aa12-123b")))
                .hasStatus(302);
        var acme = organizations.named(Scope.everything(), "ACME").orElseThrow();
        assertThat(send(ORGANIZATIONS + "/" + acme.id(), Map.of("name", "Acme", "short_name", "x")))
                .hasStatus(422);
        assertThat(send(ORGANIZATIONS + "/" + acme.id(), Map.of("name", "Acme Ltd", "region", "Europe")))
                .hasStatus(302);
        assertThat(open(ORGANIZATIONS)).bodyText().contains("Acme Ltd", "ACME", "Europe");

        assertThat(text(people.a(Membership.of(Role.ORGANIZATION_ANALYST, acme.id())), "/settings/my-organization"))
                .contains("a123bc45-aa12-123b", "a123bc45-aa12-123b@soc.expel.io", "data-copy=\"provider-tenant\"");
        assertThat(text(
                        people.a(Membership.ofProvider(Role.SOC_ANALYST)),
                        "/settings/my-organization?organization=" + acme.id()))
                .contains("a123bc45-aa12-123b@soc.expel.io");
    }

    private int apiStatus(String token) throws Exception {
        return mvc.perform(get("/api/v2/security_devices").header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private MvcResult perform(RequestPostProcessor who, String address, Map<String, String> form) throws Exception {
        var request = post(URI.create(address));
        form.forEach(request::param);
        return mvc.perform(request.with(who).with(csrf())).andReturn();
    }

    private String text(RequestPostProcessor who, String address) throws Exception {
        var response = ask(who, address);
        assertThat(response.getStatus()).as(address).isEqualTo(200);
        return response.getContentAsString();
    }

    private int status(RequestPostProcessor who, String address) throws Exception {
        return ask(who, address).getStatus();
    }

    private MockHttpServletResponse ask(RequestPostProcessor who, String address) throws Exception {
        return mvc.perform(get(URI.create(address)).with(who)).andReturn().getResponse();
    }

    private Organization organization() {
        return organizations.add(OrganizationDraft.named("Org " + UUID.randomUUID()));
    }

    private Account account(Membership membership) {
        return accounts.add(email(), "Cat", membership, "correct horse battery");
    }

    private static String email() {
        return "cat-%s@example.com".formatted(UUID.randomUUID());
    }
}
