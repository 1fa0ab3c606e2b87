package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class SecondFactorTest extends ScreenTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String OWN = "/account/second-factor";
    private static final Pattern SECRET = Pattern.compile("id=\"secret\"[^>]*>([A-Z2-7 ]+)<");
    private static final Pattern RECOVERY_CODE =
            Pattern.compile("<code class=\"code\">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<");

    @Autowired
    private Accounts accounts;

    @Autowired
    private SecondFactors secondFactors;

    private String email = "";
    private String secret = "";
    private List<String> recoveryCodes = List.of();
    private final String address = People.address();

    @BeforeEach
    void somebodyHasSetOneUp() throws Exception {
        email = "ada-%s@example.com".formatted(UUID.randomUUID());
        accounts.add(email, "Ada", Membership.ofProvider(Role.SOC_ANALYST), PASSWORD);
        var session = givePassword();
        secret = first(SECRET, content(get(session, OWN + "/set-up"))).replace(" ", "");
        assertThat(send(session, OWN + "/set-up", "000 000").getStatus()).isEqualTo(422);
        recoveryCodes = RECOVERY_CODE
                .matcher(content(send(session, OWN + "/set-up", code())))
                .results()
                .map(found -> found.group(1))
                .toList();
        clock.advance(OneTimeCodes.STEP.multipliedBy(3));
    }

    private static String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private String code() {
        return OneTimeCodes.codeAt(secret, clock.instant());
    }

    private MockHttpSession givePassword() throws Exception {
        var result = mvc.perform(post("/login")
                        .with(csrf())
                        .with(request -> {
                            request.setRemoteAddr(address);
                            return request;
                        })
                        .param("email", email)
                        .param("password", PASSWORD))
                .andReturn();
        return (MockHttpSession) Objects.requireNonNull(result.getRequest().getSession());
    }

    private MockHttpServletResponse get(MockHttpSession session, String path) throws Exception {
        return mvc.perform(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get(path)
                        .session(session))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse send(MockHttpSession session, String path, String code) throws Exception {
        return mvc.perform(post(path).session(session).with(csrf()).param("code", code))
                .andReturn()
                .getResponse();
    }

    private static String content(MockHttpServletResponse response) throws Exception {
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString();
    }

    @Test
    void letsInWithPasswordAndCode() throws Exception {
        var session = givePassword();

        assertThat(send(session, "/login/code", code()).getRedirectedUrl()).isEqualTo("/");

        assertThat(get(session, "/account/password").getStatus()).isEqualTo(200);
        assertThat(accounts.search(dev.gatehouse.workbench.platform.database.Scope.everything(), email, 1))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/alerts", "/account/password", OWN, "/login/second-factor", "/live"})
    void opensNothingBeforeTheCode(String path) throws Exception {
        assertThat(get(givePassword(), path).getRedirectedUrl()).isEqualTo("/login/code");
    }

    @Test
    void leadsAFragmentsRequestToTheCodeAsAWhole() throws Exception {
        var response = mvc.perform(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get("/alerts")
                        .session(givePassword())
                        .header("HX-Request", "true"))
                .andReturn()
                .getResponse();

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getHeader("HX-Redirect")).isEqualTo("/login/code");
    }

    @Test
    void takesACodeOnce() throws Exception {
        var code = code();
        send(givePassword(), "/login/code", code);

        var again = send(givePassword(), "/login/code", code);

        assertThat(again.getStatus()).isEqualTo(422);
        assertThat(again.getContentAsString())
                .contains("That code is wrong, or was used already")
                .doesNotContain(code);
    }

    @Test
    void takesEachRecoveryCodeOnceHoweverItIsWritten() throws Exception {
        assertThat(recoveryCodes).hasSize(SecondFactors.RECOVERY_CODES).doesNotHaveDuplicates();
        var written =
                recoveryCodes.getFirst().toUpperCase(java.util.Locale.ROOT).replace("-", " ");

        assertThat(send(givePassword(), "/login/code", written).getRedirectedUrl())
                .isEqualTo("/");
        assertThat(send(givePassword(), "/login/code", written).getStatus()).isEqualTo(422);
        assertThat(secondFactors.recoveryCodesLeft(account().id())).isEqualTo(SecondFactors.RECOVERY_CODES - 1);
    }

    private Account account() {
        return accounts.find(email).orElseThrow().account();
    }

    @Test
    void waitsAfterTooManyWrongCodesWhicheverSessionTheyComeFrom() throws Exception {
        for (var attempt = 0; attempt < SecondFactors.FREE_CODES; attempt++) {
            assertThat(send(givePassword(), "/login/code", "000000").getStatus())
                    .isEqualTo(422);
        }

        assertThat(send(givePassword(), "/login/code", code()).getContentAsString())
                .contains("Too many wrong codes. Wait 31 seconds");
        assertThat(send(givePassword(), "/login/code", recoveryCodes.getFirst()).getStatus())
                .isEqualTo(422);

        clock.advance(Duration.ofSeconds(31));
        assertThat(send(givePassword(), "/login/code", code()).getRedirectedUrl())
                .isEqualTo("/");
    }

    @Test
    void showsNewRecoveryCodesOnlyForACodeAndForgetsThoseBefore() throws Exception {
        var session = givePassword();
        send(session, "/login/code", code());
        clock.advance(OneTimeCodes.STEP.multipliedBy(3));

        assertThat(send(session, OWN + "/recovery-codes", "123456").getStatus()).isEqualTo(422);
        assertThat(content(send(session, OWN + "/recovery-codes", code())))
                .containsPattern(RECOVERY_CODE)
                .doesNotContain(recoveryCodes.getFirst());
        assertThat(send(givePassword(), "/login/code", recoveryCodes.getFirst()).getStatus())
                .isEqualTo(422);
    }

    @Test
    void isRemovedByItsOwnerWithACodeAndByAnAdmin() throws Exception {
        var session = givePassword();
        send(session, "/login/code", recoveryCodes.get(1));
        assertThat(send(session, OWN + "/remove", "123456").getStatus()).isEqualTo(422);
        assertThat(secondFactors.has(account().id())).isTrue();

        assertThat(send(session, OWN + "/remove", code()).getRedirectedUrl()).isEqualTo(OWN);
        assertThat(secondFactors.has(account().id())).isFalse();

        somebodyHasSetOneUp();
        var theirs = givePassword();
        send(theirs, "/login/code", code());
        mvc.perform(post("/settings/users/{id}/remove-second-factor", account().id())
                .with(people.admin())
                .with(csrf()));
        assertThat(secondFactors.has(account().id())).isFalse();
        assertThat(get(theirs, "/alerts").getRedirectedUrl()).isEqualTo("/login?expired");
    }

    @Test
    void keepsTheSecretSealedAndTheRecoveryCodesHashed() {
        var kept = database.sql("""
                        select encode(f.secret, 'escape') || string_agg(encode(r.hash, 'escape'), ' ') as text
                        from second_factor f join recovery_code r using (account_id) where f.account_id = :id
                        group by f.account_id
                        """)
                .param("id", account().id())
                .query((row, number) -> row.getString("text"))
                .single();

        assertThat(kept)
                .doesNotContain(
                        secret,
                        recoveryCodes.getFirst(),
                        recoveryCodes.getFirst().replace("-", ""));
    }
}
