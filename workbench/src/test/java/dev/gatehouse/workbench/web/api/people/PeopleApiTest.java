package dev.gatehouse.workbench.web.api.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PeopleApiTest extends ScreenTest {

    private static final String USERS = "/api/v2/user_accounts";
    private static final String KEYS = "/api/v2/api_keys";
    private static final String ORGANIZATIONS = "/api/v2/organizations";

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Organizations organizations;

    @Test
    void addsAnAccountWithAPasswordThatIsToldOnce() throws Exception {
        var soc = token(Membership.ofProvider(Role.SOC_ADMIN));
        var email = email();

        var made = ask(soc, "POST", USERS, "{\"email\":\"%s\",\"role\":\"auditor\"}".formatted(email));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.attribute("password")).hasSize(20);
        assertThat(made.attribute("role")).isEqualTo("auditor");
        assertThat(ask(soc, "GET", USERS + "/" + made.id(), "").attribute("password"))
                .isEmpty();

        var again = ask(soc, "POST", USERS, "{\"email\":\"%s\",\"role\":\"auditor\"}".formatted(email));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.pointer()).isEqualTo("/data/attributes/email");

        var weak = ask(
                soc,
                "POST",
                USERS,
                "{\"email\":\"%s\",\"role\":\"auditor\",\"password\":\"short\"}".formatted(email()));
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.pointer()).isEqualTo("/data/attributes/password");
    }

    @Test
    void locksChangesAndResets() throws Exception {
        var soc = token(Membership.ofProvider(Role.SOC_ADMIN));
        var made = ask(soc, "POST", USERS, "{\"email\":\"%s\",\"role\":\"auditor\"}".formatted(email()));
        var one = USERS + "/" + made.id();

        assertThat(ask(soc, "PATCH", one, "{\"locked\":true}").attribute("locked"))
                .isEqualTo("true");
        assertThat(ask(soc, "PATCH", one, "{\"locked\":false,\"role\":\"soc_analyst\"}")
                        .attribute("role"))
                .isEqualTo("soc_analyst");
        assertThat(ask(soc, "POST", one + "/reset_password", "{}").attribute("password"))
                .hasSize(20);
        assertThat(ask(soc, "POST", one + "/end_sessions", "{}").status()).isEqualTo(200);
        assertThat(ask(soc, "PATCH", one, "{\"role\":\"janitor\"}").pointer()).isEqualTo("/data/attributes/role");
    }

    @Test
    void refusesToLockTheLastSocAdmin() throws Exception {
        database.sql("delete from account").update();
        var soc = token(Membership.ofProvider(Role.SOC_ADMIN));
        var last = ask(soc, "POST", USERS, "{\"email\":\"%s\",\"role\":\"soc_admin\"}".formatted(email()));

        var refused = ask(soc, "PATCH", USERS + "/" + last.id(), "{\"locked\":true}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("is the last SOC Admin who can sign in.");
    }

    @Test
    void makesAndRevokesTokens() throws Exception {
        var soc = token(Membership.ofProvider(Role.SOC_ADMIN));

        var made = ask(
                session(soc),
                "POST",
                KEYS,
                "{\"name\":\"A script\",\"role\":\"auditor\",\"expires_at\":\"2027-01-01\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.attribute("expires_at")).isEqualTo("2027-01-02T00:00:00.000Z");
        var drawn = made.attribute("token");
        assertThat(ask(drawn, "GET", KEYS + "/" + made.id(), "").attribute("token"))
                .isEmpty();

        assertThat(ask(soc, "POST", KEYS + "/" + made.id() + "/revoke", "").attribute("state"))
                .isEqualTo("revoked");
        assertThat(ask(drawn, "GET", KEYS, "").status()).isEqualTo(401);
    }

    @Test
    void addsAndChangesOrganizations() throws Exception {
        var soc = token(Membership.ofProvider(Role.SOC_ADMIN));

        var made = ask(soc, "POST", ORGANIZATIONS, "{\"name\":\"Acme\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.attribute("short_name")).isEqualTo("ACME");
        assertThat(ask(soc, "PATCH", ORGANIZATIONS + "/" + made.id(), "{\"region\":\"Europe\"}")
                        .attribute("region"))
                .isEqualTo("Europe");
        assertThat(ask(soc, "POST", ORGANIZATIONS, "{\"name\":\"Other\",\"short_name\":\"acme\"}")
                        .pointer())
                .isEqualTo("/data/attributes/short_name");
    }

    @Test
    void givesAProgramOfAnOrganizationOnlyWhatIsItsOwn() throws Exception {
        var soc = token(Membership.ofProvider(Role.SOC_ADMIN));
        var acme = organizations.add(OrganizationDraft.named("Acme"));
        var admin = token(Membership.of(Role.ORGANIZATION_ADMIN, acme.id()));
        var foreign = ask(soc, "POST", USERS, "{\"email\":\"%s\",\"role\":\"auditor\"}".formatted(email()));
        var key = ask(session(soc), "POST", KEYS, "{\"name\":\"theirs\",\"role\":\"auditor\"}");

        assertThat(ask(admin, "GET", USERS, "").body().path("data")).isEmpty();
        assertThat(ask(admin, "GET", KEYS, "").body().path("data")).hasSize(1);
        assertThat(ask(admin, "GET", ORGANIZATIONS, "").body().path("data")).hasSize(1);
        assertThat(ask(admin, "GET", USERS + "/" + foreign.id(), "").status()).isEqualTo(404);
        assertThat(ask(admin, "PATCH", USERS + "/" + foreign.id(), "{\"locked\":true}")
                        .status())
                .isEqualTo(404);
        assertThat(ask(admin, "POST", USERS + "/" + foreign.id() + "/reset_password", "{}")
                        .status())
                .isEqualTo(404);
        assertThat(ask(admin, "POST", KEYS + "/" + key.id() + "/revoke", "").status())
                .isEqualTo(404);
        assertThat(ask(admin, "POST", USERS, "{\"email\":\"%s\",\"role\":\"soc_admin\"}".formatted(email()))
                        .status())
                .isEqualTo(422);
        var ours = ask(admin, "POST", USERS, "{\"email\":\"%s\",\"role\":\"auditor\"}".formatted(email()));
        assertThat(ours.attribute("organization")).isEqualTo(acme.shortName());
    }

    private String token(Membership membership) {
        var token = tokens.draw();
        tokens.add("A test", membership, token);
        return token;
    }

    /** The token of a program that a SOC Admin without a second factor has signed in. */
    private String session(String soc) throws Exception {
        var email = email();
        var made = ask(soc, "POST", USERS, "{\"email\":\"%s\",\"role\":\"soc_admin\"}".formatted(email));
        var answer = mvc.perform(request(HttpMethod.POST, URI.create("/auth/v0/login"))
                        .contentType("application/json")
                        .content("{\"username\":\"%s\",\"password\":\"%s\",\"otp\":\"0\"}"
                                .formatted(email, made.attribute("password"))))
                .andReturn()
                .getResponse();
        return JsonMapper.shared()
                .readTree(answer.getContentAsString())
                .path("access_token")
                .asString("");
    }

    private static String email() {
        return "cat-%s@example.com".formatted(UUID.randomUUID());
    }

    private record Answer(int status, JsonNode body) {
        String id() {
            return body.path("data").path("id").asString("");
        }

        String attribute(String name) {
            return body.path("data").path("attributes").path(name).asString("");
        }

        String pointer() {
            return body.path("errors").path(0).path("source").path("pointer").asString("");
        }

        String detail() {
            return body.path("errors").path(0).path("detail").asString("");
        }
    }

    private Answer ask(String token, String method, String path, String attributes) throws Exception {
        var request = request(HttpMethod.valueOf(method), URI.create(path)).header("Authorization", "Bearer " + token);
        if (!attributes.isEmpty()) {
            request.contentType("application/vnd.api+json")
                    .content("{\"data\":{\"attributes\":%s}}".formatted(attributes));
        }
        var response = mvc.perform(request).andReturn().getResponse();
        return new Answer(response.getStatus(), JsonMapper.shared().readTree(response.getContentAsString()));
    }
}
