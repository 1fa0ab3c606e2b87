package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.workbench.web.pages.ScreenTest;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
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

        var added = tokens.add("A script", Role.ORGANIZATION_ADMIN, token);
        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(200);

        tokens.revoke(added.id());
        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(401);
    }

    @Test
    void letsAnalystsReadAndNotWrite() throws Exception {
        var token = tokens.draw();
        tokens.add("A dashboard", Role.ORGANIZATION_ANALYST, token);

        assertThat(ask(with(token, get(DEVICES))).getStatus()).isEqualTo(200);
        var refused =
                ask(with(token, post(DEVICES).contentType("application/json").content("{}")));
        assertThat(refused.getStatus()).isEqualTo(403);
        assertThat(refused.getContentAsString()).contains("EFORBIDDEN", "organization_admin");
    }

    @Test
    void takesNoSessionForAToken() throws Exception {
        var session = new MockHttpSession();
        mvc.perform(get("/alerts").with(people.admin()).session(session));

        assertThat(ask(get(DEVICES).session(session)).getStatus()).isEqualTo(401);
    }

    @Test
    void opensNoSessionForAToken() throws Exception {
        var token = tokens.draw();
        tokens.add("A script", Role.ORGANIZATION_ADMIN, token);

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
        tokens.add("A script", Role.ORGANIZATION_ADMIN, token);

        assertThat(database.sql("select t::text from api_token t")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(token));
    }

    @Test
    void notesWhenATokenWasLastUsed() throws Exception {
        var token = tokens.draw();
        var added = tokens.add("A script", Role.ORGANIZATION_ADMIN, token);

        ask(with(token, get(DEVICES)));

        assertThat(database.sql("select last_used_at = :now from api_token where id = :id")
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", added.id())
                        .query(Boolean.class)
                        .single())
                .isTrue();
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
