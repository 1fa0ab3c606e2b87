package dev.gatehouse.intake.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.graph.GraphClient.CallOutcome;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.intake.poll.PageSlicer;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.intake.testing.PretendMicrosoft;
import dev.gatehouse.intake.testing.Reply;
import dev.gatehouse.intake.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphClientTest {

    private static final String LIST = "/v1.0/security/alerts_v2";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final CloudHttp http = new CloudHttp(
            new HttpSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 2_000, 4), clock);
    private final PretendMicrosoft microsoft = new PretendMicrosoft();
    private final GraphClient graph = new GraphClient(http, new EntraSignIn(http, clock, new Random(1)));

    @AfterEach
    void close() {
        microsoft.close();
        http.close();
    }

    @Test
    void sendsTheTokenAndANameForEachRequest() throws Exception {
        call(LIST);
        call(LIST);

        assertThat(microsoft.signIns()).hasSize(1);
        assertThat(microsoft.reads())
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.header("Authorization")).startsWith("Bearer "))
                .extracting(asked -> asked.header("client-request-id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void asksOnceMoreWithANewTokenAndThenGivesTheRefusal() throws Exception {
        var refusal = Reply.graphError(401, "InvalidAuthenticationToken", "Expired.");
        microsoft.onRead(refusal, refusal, Reply.page());

        assertThat(call(LIST)).isInstanceOfSatisfying(CallOutcome.Answered.class, answered -> assertThat(
                        answered.answer().status())
                .isEqualTo(401));
        assertThat(microsoft.reads()).hasSize(2);
        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void signsInAnewAfterAPermissionWasMissing() throws Exception {
        microsoft.onRead(Reply.graphError(403, "Forbidden", "Missing role."), Reply.page());

        call(LIST);
        call(LIST);

        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void asksNothingWithoutAToken() throws Exception {
        microsoft.onSignIn(Reply.entraError(401, "invalid_client", 7000215));

        assertThat(call(LIST)).isInstanceOf(CallOutcome.NotSignedIn.class);
        assertThat(microsoft.reads()).isEmpty();
    }

    @Test
    void givesNoTokenToAnotherHost() {
        assertThatThrownBy(() -> call(URI.create("https://graph.example.com" + LIST)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not go to graph.example.com");
        assertThat(microsoft.signIns()).isEmpty();
    }

    private CallOutcome<PageSlicer> call(String path) throws InterruptedException {
        return call(URI.create(microsoft.cloud().graph() + path));
    }

    private CallOutcome<PageSlicer> call(URI address) throws InterruptedException {
        try (var room = http.memory().open()) {
            return graph.call(
                    microsoft.connection(),
                    Request.get(address),
                    room,
                    () -> PageSlicer.ofList("value", room.largestRecord()));
        }
    }
}
