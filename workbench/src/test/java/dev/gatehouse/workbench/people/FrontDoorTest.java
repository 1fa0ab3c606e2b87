package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.RunningWorkbench;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a reverse proxy that ends TLS and asks from 127.0.0.1. */
class FrontDoorTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String CLIENT = "X-Forwarded-For";

    private static RunningWorkbench workbench;

    private String email = "";

    @BeforeAll
    static void start() {
        workbench = RunningWorkbench.start(
                "--gatehouse.server.public-url=https://soc.example.com",
                "--gatehouse.server.trusted-proxies=127.0.0.1",
                "--gatehouse.sign-in.second-factor=optional");
    }

    @AfterAll
    static void stop() throws IOException {
        workbench.close();
    }

    @BeforeEach
    void somebodyHasAnAccount() {
        email = "ada-%s@example.com".formatted(UUID.randomUUID());
        workbench.get(Accounts.class).add(email, "Ada", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
    }

    @Test
    void leadsWhereThePublicUrlSays() throws Exception {
        var asked = in("soc.example.com").get("/vendor-alerts");

        assertThat(asked.status()).isEqualTo(302);
        assertThat(asked.header("Location")).contains("/login");
        assertThat(in("soc.example.com")
                        .signIn(email, PASSWORD, Optional.of(asked.session()))
                        .header("Location"))
                .contains("https://soc.example.com/vendor-alerts?continue");
    }

    @Test
    void leadsThereAlsoWhoComesByAnotherPortOrByLoopback() throws Exception {
        for (var host : new String[] {"SOC.example.com:8443", "127.0.0.1:" + port(), "localhost"}) {
            var asked = in(host).get("/vendor-alerts");

            assertThat(in(host).signIn(email, PASSWORD, Optional.of(asked.session()))
                            .header("Location"))
                    .contains("https://soc.example.com/vendor-alerts?continue");
        }
    }

    @Test
    void sendsTheCookieOverTlsOnly() throws Exception {
        assertThat(in("soc.example.com").get("/login").header("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("; Secure", "; HttpOnly", "SameSite=Lax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/vendor-alerts", "/api/v2/security_devices", "/actuator/health"})
    void asksBrowsersToStayWithTlsForThisHostAlone(String path) throws Exception {
        assertThat(in("soc.example.com").get(path).header("Strict-Transport-Security"))
                .contains("max-age=31536000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "soc.example.com.evil.example", "10.1.2.3", "127.0.0.1.evil.example", "[::2]"})
    void refusesRequestsInAnotherHostsName(String host) throws Exception {
        var page = in(host).get("/login");
        assertThat(page.status()).isEqualTo(421);
        assertThat(page.header("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(page.text())
                .contains("This Workbench does not go by the host name of this request. Open https://soc.example.com")
                .doesNotContain(host);

        var answer = in(host).get("/api/v2/security_devices");
        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.text()).contains("\"code\":\"EMISDIRECTED\"", "\"status\":\"421\"");
    }

    @Test
    void refusesAHostInTheRequestLineToo() throws Exception {
        assertThat(in("evil.example")
                        .send("GET http://evil.example/login HTTP/1.1", "", "")
                        .status())
                .isEqualTo(421);
        assertThat(in("soc.example.com")
                        .send("GET http://evil.example/login HTTP/1.1", "", "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersAHealthCheckThatGivesNoName() throws Exception {
        assertThat(in("").send("GET /actuator/health HTTP/1.0", "", "").status())
                .isEqualTo(200);
    }

    @Test
    void countsWrongPasswordsAgainstTheClientAndLetsTheRightOneInFromElsewhere() throws Exception {
        for (var attempt = 0; attempt < GuessingGuard.FREE_ATTEMPTS; attempt++) {
            assertThat(whereSignInLeads(behind("198.51.100.9"), "wrong")).isEqualTo("/login?wrong");
        }

        assertThat(whereSignInLeads(behind("198.51.100.9"), PASSWORD)).startsWith("/login?wait=");
        assertThat(whereSignInLeads(behind("198.51.100.10"), PASSWORD)).isEqualTo("/");
    }

    @Test
    void believesNoAddressThatAClientHasMadeUp() throws Exception {
        for (var attempt = 0; attempt < GuessingGuard.FREE_ATTEMPTS; attempt++) {
            whereSignInLeads(behind("203.0.113.%d, 198.51.100.20".formatted(attempt)), "wrong");
        }

        assertThat(whereSignInLeads(behind("203.0.113.99, 198.51.100.20"), PASSWORD))
                .startsWith("/login?wait=");
    }

    @Test
    void takesNobodysWordButTheProxys() throws Exception {
        for (var attempt = 0; attempt < GuessingGuard.FREE_ATTEMPTS; attempt++) {
            whereSignInLeads(behind("203.0.113." + attempt).from("127.0.0.5"), "wrong");
        }

        assertThat(whereSignInLeads(behind("203.0.113.99").from("127.0.0.5"), PASSWORD))
                .startsWith("/login?wait=");
    }

    private String whereSignInLeads(Wire wire, String password) throws IOException {
        return wire.signIn(email, password).header("Location").orElseThrow();
    }

    private static Wire behind(String clients) {
        return in("soc.example.com").with(CLIENT, clients);
    }

    private static Wire in(String host) {
        return Wire.to(port(), host);
    }

    private static int port() {
        return workbench.address().getPort();
    }
}
