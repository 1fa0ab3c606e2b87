package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.workbench.web.ScreenTest;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

class ApiAccessTest extends ScreenTest {

    private static final String DEVICES = "/api/v2/security_devices";

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Organizations organizations;

    @Autowired
    private FirstKeys firstKeys;

    @Test
    void refusesProgramsWithoutATokenInJson() throws Exception {
        var response = ask(get(DEVICES));

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).startsWith("Bearer");
        assertThat(response.getContentType()).startsWith("application/vnd.api+json");
        var error = new JsonMapper()
                .readTree(response.getContentAsString())
                .get("errors")
                .get(0);
        assertThat(error.get("status").asString()).isEqualTo("401");
        assertThat(error.get("code").asString()).isEqualTo("UNAUTHORIZED");
        assertThat(error.get("title").asString()).isEqualTo("Unauthorized");
        assertThat(error.get("detail").asString()).isNotEmpty();
    }

    @Test
    void refusesUnknownAndRevokedTokens() throws Exception {
        var token = tokens.draw();
        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(401);

        var added = tokens.add("A script", Membership.ofProvider(Role.SOC_ADMIN), token);
        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(200);

        tokens.revoke(added.id());
        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(401);
    }

    @Test
    void saysWhyATokenDoesNotLetIn() throws Exception {
        var token = tokens.draw();
        assertThat(ask(with(token, get(DEVICES))).getContentAsString()).contains("Nobody here knows this token.");

        var membership = new MembershipDraft("soc_admin", "");
        var brief = tokens.add(
                Administrator.ofMachine(), new TokenDraft("A brief script", membership, "2026-11-23"), token);
        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(200);

        clock.set(Instant.parse("2026-11-24T00:00:00Z"));
        var expired = ask(with(token, get(DEVICES)));
        assertThat(expired.getStatus()).isEqualTo(401);
        assertThat(expired.getContentAsString())
                .contains("The token 'A brief script' expired at 2026-11-24T00:00:00Z.")
                .doesNotContain(token);

        tokens.revoke(brief.id());
        assertThat(ask(with(token, get(DEVICES))).getContentAsString())
                .contains("The token 'A brief script' was revoked at 2026-11-24T00:00:00Z.");
    }

    @Test
    void letsAnalystsReadAndNotWrite() throws Exception {
        var token = tokens.draw();
        tokens.add("A dashboard", Membership.ofProvider(Role.SOC_ANALYST), token);

        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(200);
        var refused =
                ask(with(token, post(DEVICES).contentType("application/json").content("{}")));
        assertThat(refused.getStatus()).isEqualTo(403);
        assertThat(refused.getContentAsString()).contains("EFORBIDDEN", "organization_admin, soc_admin");
    }

    @Test
    void takesNoSessionForAToken() throws Exception {
        var session = new MockHttpSession();
        mvc.perform(get("/vendor-alerts").with(people.admin()).session(session));

        assertThat(ask(get(DEVICES).session(session)).getStatus()).isEqualTo(401);
    }

    @Test
    void opensNoSessionForAToken() throws Exception {
        var token = tokens.draw();
        tokens.add("A script", Membership.ofProvider(Role.SOC_ADMIN), token);

        assertThat(mvc.perform(with(token, get(DEVICES)))
                        .andReturn()
                        .getRequest()
                        .getSession(false))
                .isNull();
    }

    @Test
    void leavesTheFirstTokenInAFileThatOnlyTheOwnerMayRead() throws Exception {
        database.sql("delete from api_token").update();
        firstKeys.afterSingletonsInstantiated();

        var file = data().resolve("api-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ask(with(Files.readString(file).strip(), get(DEVICES))).getStatus())
                .isEqualTo(200);
    }

    @Test
    void keepsTokensAsHashesOnly() {
        var token = tokens.draw();
        tokens.add("A script", Membership.ofProvider(Role.SOC_ADMIN), token);

        assertThat(database.sql("select t::text from api_token t")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(token));
    }

    @Test
    void notesWhenATokenWasLastUsed() throws Exception {
        var token = tokens.draw();
        var added = tokens.add("A script", Membership.ofProvider(Role.SOC_ADMIN), token);

        ask(with(token, get(DEVICES)));

        assertThat(database.sql("select last_used_at = :now from api_token where id = :id")
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", added.id())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void tellsWhatIsWrongOnlyThoseWhoMaySeeTheInstallation() throws Exception {
        var analyst = tokens.draw();
        tokens.add("A dashboard", Membership.ofProvider(Role.SOC_ANALYST), analyst);
        var customer = tokens.draw();
        tokens.add(
                "A customer's dashboard",
                Membership.of(Role.AUDITOR, organizations.byDefault().id()),
                customer);

        assertThat(ask(with(analyst, get("/actuator/health"))).getContentAsString())
                .contains("components");
        assertThat(ask(with(customer, get("/actuator/health"))).getContentAsString())
                .doesNotContain("components");
        assertThat(ask(with(customer, get("/actuator/prometheus"))).getStatus()).isEqualTo(403);
    }

    @Test
    void tellsStrangersNothingButWhetherItIsUp() throws Exception {
        assertThat(ask(get("/actuator/health")).getStatus()).isEqualTo(200);
        assertThat(ask(get("/actuator/prometheus")).getStatus()).isEqualTo(401);
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request).andReturn().getResponse();
    }

    private static MockHttpServletRequestBuilder with(String token, MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + token);
    }
}
