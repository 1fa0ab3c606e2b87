package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.web.ScreenTest;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** As it is when nothing is set: without a public URL. */
class FrontDoorWithoutProxyTest extends ScreenTest {

    private static final String PASSWORD = "correct horse battery";

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:4711", "[::1]:8080", "gatehouse.localhost"})
    void goesByTheNamesOfLoopback(String host) throws Exception {
        assertThat(Wire.to(port, host).get("/login").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "192.0.2.7", "localhost.evil.example"})
    void refusesRequestsInAnotherHostsNameAndSaysWhatToSet(String host) throws Exception {
        var answer = Wire.to(port, host).get("/login");

        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.text()).contains("set gatehouse.server.public-url to the address that people open.");
    }

    @Test
    void staysAtPlainHttpAndAtTheAddressThatTheBrowserHasComeBy() throws Exception {
        var email = somebody();
        var asked = Wire.to(port, "localhost:9000").get("/vendor-alerts");

        assertThat(asked.header("Location")).contains("/login");
        assertThat(asked.header("Strict-Transport-Security")).isEmpty();
        assertThat(asked.header("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).doesNotContain("Secure"));
        assertThat(Wire.to(port, "localhost:9000")
                        .signIn(email, PASSWORD, Optional.of(asked.session()))
                        .header("Location"))
                .contains("http://localhost:9000/vendor-alerts?continue");
    }

    @Test
    void takesNobodysWordForTheClientsAddress() throws Exception {
        var email = somebody();
        for (var attempt = 0; attempt < GuessingGuard.FREE_ATTEMPTS; attempt++) {
            Wire.to(port, "localhost")
                    .with("X-Forwarded-For", "203.0.113." + attempt)
                    .signIn(email, "wrong");
        }

        assertThat(Wire.to(port, "localhost")
                        .with("X-Forwarded-For", "203.0.113.99")
                        .signIn(email, PASSWORD)
                        .header("Location"))
                .contains("/login?wait=30");
    }

    private String somebody() {
        var email = "ada-%s@example.com".formatted(UUID.randomUUID());
        accounts.add(email, "Ada", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
        return email;
    }
}
