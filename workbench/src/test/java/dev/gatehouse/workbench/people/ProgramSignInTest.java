package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing a program in, as the known client does: once without the code, which has to be refused, and then with it. */
class ProgramSignInTest extends ScreenTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private Accounts accounts;

    @Autowired
    private SecondFactors secondFactors;

    @Autowired
    private ApiTokens tokens;

    private String email = "";
    private String secret = "";
    private String recoveryCode = "";
    private Optional<Account> account = Optional.empty();
    private final String address = People.address();

    @BeforeEach
    void somebodyWithASecondFactor() {
        email = "ada-%s@example.com".formatted(UUID.randomUUID());
        account = Optional.of(accounts.add(email, "Ada", Membership.ofProvider(Role.SOC_ANALYST), PASSWORD));
        secret = OneTimeCodes.drawSecret();
        recoveryCode =
                secondFactors.setUp(account.get(), secret, code()).orElseThrow().getFirst();
        clock.advance(OneTimeCodes.STEP.multipliedBy(3));
    }

    private String code() {
        return OneTimeCodes.codeAt(secret, clock.instant());
    }

    private MockHttpServletResponse perform(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(each -> {
                    each.setRemoteAddr(address);
                    return each;
                }))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse byForm(String password, String... code) throws Exception {
        var request = post("/auth/v0/login")
                .contentType("application/x-www-form-urlencoded")
                .param("grant_type", "password")
                .param("username", email)
                .param("password", password);
        if (code.length > 0) {
            request.header("x-expelinc-otp", code[0]);
        }
        return perform(request);
    }

    private static JsonNode json(MockHttpServletResponse response) throws Exception {
        return JsonMapper.shared().readTree(response.getContentAsString());
    }

    private int ask(String token, String path) throws Exception {
        return perform(get(path).header("Authorization", "Bearer " + token)).getStatus();
    }

    @Test
    void asksForTheCodeAndThenLetsInForThirteenHours() throws Exception {
        var first = byForm(PASSWORD);
        assertThat(first.getStatus()).isEqualTo(401);
        assertThat(first.getHeader("X-ExpelInc-Otp")).startsWith("required");

        var second = byForm(PASSWORD, code());
        assertThat(second.getStatus()).isEqualTo(200);
        var answer = json(second);
        assertThat(answer.path("token_type").asString()).isEqualTo("bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(46_800);
        assertThat(answer.path("username").asString()).isEqualTo(email);
        assertThat(answer.path("role").asString()).isEqualTo("soc_analyst");
        assertThat(answer.path("realm").asString()).isEqualTo("public");
        var token = answer.path("access_token").asString();
        assertThat(ask(token, "/api/v2/vendor_alerts")).isEqualTo(200);
        assertThat(perform(post("/api/v2/organizations").header("Authorization", "Bearer " + token))
                        .getStatus())
                .isEqualTo(403);
        clock.advance(Duration.ofHours(13));
        assertThat(ask(token, "/api/v2/vendor_alerts")).isEqualTo(401);
    }

    @Test
    void takesJsonWithTheCodeInTheBodyAtTheOlderAddress() throws Exception {
        var body = "{\"username\": \"%s\", \"password\": \"%s\", \"otp\": \"%s\"}".formatted(email, PASSWORD, code());

        assertThat(perform(post("/api/v2/login").contentType("application/json").content(body))
                        .getStatus())
                .isEqualTo(200);
        assertThat(perform(post("/auth/v0/login")
                                .contentType("application/json")
                                .content(body))
                        .getStatus())
                .as("a code that was used before")
                .isEqualTo(401);
        for (var wrong : new String[] {"{", "[]", "{}", "{\"username\": 1, \"password\": []}"}) {
            var refused = perform(
                    post("/auth/v0/login").contentType("application/json").content(wrong));
            assertThat(refused.getStatus()).as(wrong).isEqualTo(400);
            assertThat(json(refused).path("errors").path(0).path("detail").asString())
                    .contains("username and password");
        }
    }

    @Test
    void takesARecoveryCodeOnce() throws Exception {
        assertThat(byForm(PASSWORD, recoveryCode).getStatus()).isEqualTo(200);
        assertThat(byForm(PASSWORD, recoveryCode).getStatus()).isEqualTo(401);
    }

    @Test
    void saysNothingOfTheCodeToWhoDoesNotKnowThePassword() throws Exception {
        var refused = byForm("wrong password here", code());

        assertThat(refused.getStatus()).isEqualTo(401);
        assertThat(refused.getHeader("X-ExpelInc-Otp")).isNull();
    }

    @Test
    void letsWhoGuessesWait() throws Exception {
        for (var guess = 0; guess < SecondFactors.FREE_CODES; guess++) {
            assertThat(byForm(PASSWORD, "00000" + guess).getStatus()).isEqualTo(401);
        }

        var refused = byForm(PASSWORD, "000009");

        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("30");
    }

    @Test
    void endsWithTheOtherSessionsOfThePerson() throws Exception {
        var token = json(byForm(PASSWORD, code())).path("access_token").asString();
        assertThat(ask(token, "/api/v2/vendor_alerts")).isEqualTo(200);

        accounts.endSessions(
                new Administrator(Scope.everything(), Optional.empty()),
                account.orElseThrow().id());

        assertThat(ask(token, "/api/v2/vendor_alerts")).isEqualTo(401);
    }

    @Test
    void whoMustHaveASecondFactorSetsItUpInTheBrowserFirst() throws Exception {
        secondFactors.remove(account.orElseThrow());

        assertThat(byForm(PASSWORD).getStatus()).isEqualTo(401);
        var refused = byForm(PASSWORD, "123456");
        if (secondFactors.isRequiredOf(account.orElseThrow().membership())) {
            assertThat(refused.getStatus()).isEqualTo(403);
            assertThat(json(refused).path("errors").path(0).path("detail").asString())
                    .contains("set one up");
        } else {
            assertThat(refused.getStatus()).isEqualTo(200);
        }
    }

    private MockHttpServletResponse makeKey(String token, String attributes, String... code) throws Exception {
        var request = post("/api/v2/api_keys")
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .content(
                        "{\"data\": {\"type\": \"api_keys\", \"attributes\": {\"name\": \"Export of %s\", \"role\": \"auditor\"%s}}}"
                                .formatted(email, attributes));
        if (code.length > 0) {
            request.header("X-ExpelInc-Otp", code[0]);
        }
        return perform(request);
    }

    private String admin() throws Exception {
        accounts.change(
                Administrator.ofMachine(),
                account.orElseThrow().id(),
                new AccountDraft(email, "Ada", new MembershipDraft("soc_admin", "")));
        var token = json(byForm(PASSWORD, code())).path("access_token").asString("");
        clock.advance(OneTimeCodes.STEP.multipliedBy(2));
        return token;
    }

    @Test
    void whoHasASecondFactorMakesAKeyWithACodeOnly() throws Exception {
        var session = admin();

        var without = makeKey(session, "");
        assertThat(without.getStatus()).isEqualTo(401);
        assertThat(without.getHeader("X-ExpelInc-Otp")).isEqualTo("required; app");
        assertThat(json(without).path("errors").path(0).path("code").asString()).isEqualTo("UNAUTHORIZED");
        assertThat(makeKey(session, "", "000000").getStatus()).isEqualTo(401);
        assertThat(makeKey(session, ", \"expires_at\": \"yesterday\"", code()).getStatus())
                .isEqualTo(422);
        // The code of a request that was refused for something else is still good.
        var made = makeKey(session, "", code());
        assertThat(made.getStatus()).as(made.getContentAsString()).isEqualTo(201);
        assertThat(json(made)
                        .path("data")
                        .path("attributes")
                        .path("access_token")
                        .asString())
                .startsWith("gatehouse_");
        assertThat(json(made).path("data").path("attributes").has("otp")).isFalse();
        assertThat(makeKey(session, "", code()).getStatus()).isEqualTo(401);
        clock.advance(OneTimeCodes.STEP.multipliedBy(2));
        assertThat(makeKey(session, ", \"otp\": \"%s\"".formatted(code())).getStatus())
                .isEqualTo(201);
    }

    @Test
    void whoGuessesCodesForAKeyHasToWait() throws Exception {
        var session = admin();
        for (var guess = 0; guess < SecondFactors.FREE_CODES; guess++) {
            makeKey(session, "", "000000");
        }

        var waits = makeKey(session, "", code());

        assertThat(waits.getStatus()).isEqualTo(429);
        assertThat(waits.getHeader("Retry-After")).isNotNull();
    }

    @Test
    void theTokenOfTheMachineMakesKeys() throws Exception {
        var token = tokens.draw();
        tokens.addOfMachine("Command line on this machine", Membership.ofProvider(Role.SOC_ADMIN), token);
        var namesake = tokens.draw();
        tokens.add("Command line on this machine", Membership.ofProvider(Role.SOC_ADMIN), namesake);

        assertThat(makeKey(token, "").getStatus()).isEqualTo(201);
        assertThat(makeKey(namesake, "").getStatus()).isEqualTo(403);
    }

    @Test
    void aTokenIsMadeOnThePageWithACodeOnly() throws Exception {
        admin();
        var who = new SignedIn(
                accounts.find(Scope.everything(), account.orElseThrow().id())
                        .orElseThrow()
                        .account(),
                false,
                2,
                "{noop}x");
        var form = perform(get("/settings/service-accounts/add").with(user(who)));
        assertThat(form.getContentAsString()).contains("Code of the app, or a recovery code");

        var name = "Made on the page by " + email;
        var without = perform(page(who, name, ""));
        assertThat(without.getStatus()).isEqualTo(422);
        assertThat(without.getContentAsString()).contains("Give the code that the authenticator app shows");
        assertThat(perform(page(who, name, "000000")).getStatus()).isEqualTo(422);
        assertThat(perform(page(who, name, recoveryCode)).getStatus()).isEqualTo(302);
        assertThat(tokens.all(Scope.everything()))
                .filteredOn(listed -> listed.token().name().equals(name))
                .hasSize(1);
    }

    private static MockHttpServletRequestBuilder page(SignedIn who, String name, String code) {
        return post("/settings/service-accounts")
                .param("name", name)
                .param("role", "auditor")
                .param("code", code)
                .with(user(who))
                .with(csrf());
    }
}
