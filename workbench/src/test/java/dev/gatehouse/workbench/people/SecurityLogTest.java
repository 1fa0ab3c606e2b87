package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.web.ScreenTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MvcResult;

@ExtendWith(OutputCaptureExtension.class)
class SecurityLogTest extends ScreenTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApiTokens tokens;

    private String email = "";
    private final String address = People.address();

    @BeforeEach
    void somebodyHasAnAccount() {
        email = "ada-%s@example.com".formatted(UUID.randomUUID());
        accounts.add(email, "Ada", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
    }

    @Test
    void tellsWhoCameInWhoDidNotAndWhoLeft(CapturedOutput output) throws Exception {
        signIn(email, "not " + PASSWORD);
        var session = signIn(email, PASSWORD).getRequest().getSession();
        mvc.perform(post("/logout")
                .session((MockHttpSession) Objects.requireNonNull(session))
                .with(csrf()));

        assertThat(lines(output))
                .containsExactly(
                        "account added of=\"%s\" by=\"Gatehouse\"".formatted(email),
                        "sign-in failed account=\"%s\" address=\"%s\"".formatted(email, address),
                        "sign-in succeeded account=\"%s\" address=\"%s\"".formatted(email, address),
                        "sign-out account=\"%s\" address=\"127.0.0.1\"".formatted(email));
        assertThat(output.getAll()).doesNotContain(PASSWORD);
    }

    @Test
    void tellsWhenASignInWasNotEvenTried(CapturedOutput output) throws Exception {
        for (var attempt = 0; attempt < GuessingGuard.FREE_ATTEMPTS; attempt++) {
            signIn(email, "wrong");
        }
        signIn(email, PASSWORD);

        assertThat(lines(output).getLast())
                .startsWith("sign-in paused account=\"%s\" address=\"%s\" seconds=".formatted(email, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\n", "\r\n", "\u0085", "\u2028", "\u001b[31m", "\u202e", "\""})
    void keepsASignInWithAStrangeAddressOnOneLine(String strange, CapturedOutput output) throws Exception {
        var response = signIn("eve%s@%s".formatted(strange, email), "wrong").getResponse();

        assertThat(response.getRedirectedUrl()).isEqualTo("/login?wrong");
        assertThat(output.getAll().lines().filter(line -> line.contains("eve")))
                .singleElement()
                .asString()
                .containsPattern("account=\"eve(\\\\\"|(\\\\u\\{[0-9a-f]+}(\\[31m)?)+)@%s\" address=".formatted(email));
        assertThat(output.getAll()).doesNotContain("Exception");
    }

    @Test
    void doesNotRepeatAPasswordThatSomebodyTypedIntoTheWrongField(CapturedOutput output) throws Exception {
        signIn(PASSWORD, PASSWORD);

        assertThat(lines(output).getLast())
                .isEqualTo("sign-in failed account=(no e-mail address) address=\"%s\"".formatted(address));
    }

    @Test
    void tellsWhatWasRefusedAndToWhom(CapturedOutput output) throws Exception {
        var token = tokens.draw();
        tokens.add("A \"dashboard\"", Membership.ofProvider(Role.SOC_ANALYST), token);

        mvc.perform(get("/api/v2/security_devices?secret=x").header("Authorization", "Bearer unknown-token"));
        mvc.perform(post("/api/v2/security_devices").header("Authorization", "Bearer " + token));
        mvc.perform(post("/settings/security-devices").with(people.analyst()).with(csrf()));
        mvc.perform(get("/vendor-alerts").header("HX-Request", "true"));

        assertThat(lines(output).subList(1, 6))
                .containsExactly(
                        "token added of=\"A \\\"dashboard\\\"\" by=\"Gatehouse\"",
                        "refused status=401 method=\"GET\" path=\"/api/v2/security_devices\" address=\"127.0.0.1\"",
                        "refused status=403 method=\"POST\" path=\"/api/v2/security_devices\" by=\"token A \\\"dashboard\\\"\" address=\"127.0.0.1\"",
                        "refused status=403 method=\"POST\" path=\"/settings/security-devices\" by=\"ben@example.com\" address=\"127.0.0.1\"",
                        "refused status=401 method=\"GET\" path=\"/vendor-alerts\" address=\"127.0.0.1\"");
        assertThat(output.getAll()).doesNotContain(token, "unknown-token", "secret=x");
    }

    @Test
    void tellsWhoseHostWasRefused(CapturedOutput output) throws Exception {
        mvc.perform(get("/login").with(request -> {
            request.setServerName("evil.example");
            request.addHeader("Host", "evil.example");
            return request;
        }));

        assertThat(lines(output).getLast())
                .isEqualTo(
                        "refused status=421 method=\"GET\" path=\"/login\" address=\"127.0.0.1\" host=\"evil.example\"");
    }

    @Test
    void tellsOfChangesOfPasswordsAndTokens(CapturedOutput output) throws Exception {
        var session = (MockHttpSession)
                Objects.requireNonNull(signIn(email, PASSWORD).getRequest().getSession());
        changePassword(session, "not " + PASSWORD);
        changePassword(session, PASSWORD);
        var token = tokens.add("A script", Membership.ofProvider(Role.SOC_ADMIN), tokens.draw());
        tokens.revoke(token.id());
        tokens.revoke(token.id());

        assertThat(lines(output).subList(2, lines(output).size()))
                .containsExactly(
                        "password change failed account=\"%s\" address=\"%s\"".formatted(email, address),
                        "password changed of=\"%1$s\" by=\"%1$s\"".formatted(email),
                        "token added of=\"A script\" by=\"Gatehouse\"",
                        "token revoked of=\"A script\" by=\"Gatehouse\"");
        assertThat(output.getAll()).doesNotContain("a longer password");
    }

    @Test
    void writesSoManyRefusalsAMinuteCountsThemAllAndSaysHowManyItLeftOut(CapturedOutput output) {
        var standing = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
        var registry = new SimpleMeterRegistry();
        var security = new SecurityLog(standing, registry);
        var flood = new MockHttpServletRequest("GET", "/flood");

        for (var request = 0; request < SecurityLog.LINES_PER_MINUTE + 40; request++) {
            security.refused(401, flood);
        }
        security.refused(403, flood);
        assertThat(lines(output).stream().filter(line -> line.contains("status=401")))
                .hasSize(SecurityLog.LINES_PER_MINUTE);
        assertThat(lines(output).getLast()).contains("status=403");

        standing.advance(Duration.ofMinutes(1));
        security.refused(401, flood);

        assertThat(lines(output))
                .endsWith(
                        "40 more refusals with status 401 were counted and not written",
                        "refused status=401 method=\"GET\" path=\"/flood\" address=\"127.0.0.1\"");
        assertThat(registry.counter("gatehouse.refused.requests", "status", "401")
                        .count())
                .isEqualTo(SecurityLog.LINES_PER_MINUTE + 41);
    }

    @Test
    void cutsOffWhatIsLongerThanAnAddressCanBe() {
        assertThat(SecurityLog.quoted("x".repeat(1_000_000))).isEqualTo("\"%s…\"".formatted("x".repeat(254)));
    }

    private static List<String> lines(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("gatehouse.security"))
                .map(line -> line.replaceFirst(".*gatehouse\\.security\\s+: ", ""))
                .toList();
    }

    private MvcResult signIn(String who, String password) throws Exception {
        return mvc.perform(post("/login")
                        .param("email", who)
                        .param("password", password)
                        .remoteAddress(address)
                        .with(csrf()))
                .andReturn();
    }

    private MockHttpServletResponse changePassword(MockHttpSession session, String current) throws Exception {
        return mvc.perform(post("/account/password")
                        .param("current", current)
                        .param("replacement", "a longer password")
                        .param("again", "a longer password")
                        .session(session)
                        .remoteAddress(address)
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }
}
