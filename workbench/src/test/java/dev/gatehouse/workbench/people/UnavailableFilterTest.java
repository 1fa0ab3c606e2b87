package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.workbench.web.Browser;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class UnavailableFilterTest extends ScreenTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PASSWORD = "correct horse battery";
    private static final String CAUSE = "The database does not answer";
    private static final String CURE = "See whether the database server is running";

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    @Qualifier("writers")
    private HikariDataSource writers;

    @Autowired
    @Qualifier("readers")
    private HikariDataSource readers;

    private final HttpClient programs = HttpClient.newHttpClient();
    private final ExecutorService all = Executors.newVirtualThreadPerTaskExecutor();

    private String email = "";
    private String token = "";
    private Browser signedIn;
    private Browser stranger;
    private long usualPatience;

    @BeforeEach
    void somebodyIsSignedInAndTheDatabaseGoesAway() throws Exception {
        email = "ada-%s@example.com".formatted(UUID.randomUUID());
        accounts.add(email, "Ada", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
        token = tokens.draw();
        tokens.add("A dashboard", Membership.ofProvider(Role.SOC_ANALYST), token);
        stranger = new Browser(port);
        signedIn = new Browser(port);
        signedIn.send("/login", Map.of("email", email, "password", PASSWORD));
        usualPatience = writers.getConnectionTimeout();
        setPatience(1_000);
        takeDatabaseAway();
    }

    /** How long each answer waits for a connection; nothing of what is said depends on it. */
    private void setPatience(long millis) {
        writers.getHikariConfigMXBean().setConnectionTimeout(millis);
        readers.getHikariConfigMXBean().setConnectionTimeout(millis);
    }

    @AfterEach
    void bringBack() {
        bringDatabaseBack();
        setPatience(usualPatience);
        signedIn.close();
        stranger.close();
        programs.close();
        all.close();
    }

    @Test
    void saysToProgramsAndPeopleThatTheDatabaseIsAwayWhatToDoAndLogsItOnce(CapturedOutput output) throws Exception {
        var pages = all.invokeAll(List.<Callable<HttpResponse<String>>>of(
                () -> signedIn.open("/vendor-alerts"),
                () -> signedIn.open("/settings/security-devices"),
                () -> signedIn.open("/"),
                () -> stranger.send("/login", Map.of("email", email, "password", PASSWORD))));
        var answers = all.invokeAll(List.<Callable<HttpResponse<String>>>of(
                () -> ask("/api/v2/security_devices"),
                () -> ask("/api/v2/vendor_alerts"),
                () -> ask("/actuator/prometheus")));
        var health = all.submit(() -> ask("/actuator/health"));
        var style = all.submit(() -> stranger.open("/favicon.svg"));
        var signIn = all.submit(() -> stranger.open("/login"));

        for (var page : pages) {
            assertThat(page.get().statusCode()).isEqualTo(503);
            assertThat(page.get().headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(page.get().body()).contains("data-test=\"unavailable\"", CAUSE, CURE);
        }
        for (var answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(503);
            assertThat(answer.get().headers().firstValue("Retry-After")).contains("10");
            var error = new JsonMapper().readTree(answer.get().body()).at("/errors/0");
            assertThat(error.path("status").asString()).isEqualTo("503");
            assertThat(error.path("code").asString()).isEqualTo("EUNAVAILABLE");
            assertThat(error.path("detail").asString()).contains(CAUSE, CURE);
        }
        assertThat(health.get().body()).contains("DOWN");
        assertThat(style.get().statusCode()).isEqualTo(200);
        assertThat(signIn.get().statusCode()).isEqualTo(200);
        assertThat(count(output, CAUSE)).isEqualTo(1);
        assertThat(output.getAll()).doesNotContain("A request to the API failed", "Servlet.service()");

        bringDatabaseBack();
        await().atMost(PATIENCE).until(() -> ask("/api/v2/security_devices").statusCode() == 200);
        await().atMost(PATIENCE).until(() -> count(output, "takes what it is given again") == 1);
        assertThat(signedIn.open("/vendor-alerts").statusCode()).isEqualTo(200);
    }

    private static int count(CapturedOutput output, String text) {
        return output.getAll().split(text, -1).length - 1;
    }

    private HttpResponse<String> ask(String path) throws Exception {
        return programs.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }
}
