package dev.gatehouse.intake.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.Intake;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.testing.PretendMicrosoft;
import dev.gatehouse.intake.testing.Reply;
import dev.gatehouse.model.Trouble;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTestTest {

    private static final String CLOCK = "Clock agrees with Microsoft's";

    private final PretendMicrosoft microsoft = new PretendMicrosoft();
    /** The pretend Microsoft's Date header is the machine's real time. */
    private final Intake intake = new Intake(HttpSettings.defaults(), InstantSource.system());

    @AfterEach
    void close() {
        microsoft.close();
        intake.close();
    }

    @Test
    void passesWhenAllIsAsTheGuideHasIt() throws Exception {
        assertThat(run())
                .extracting(ConnectionTestTest::inWords)
                .containsExactly(
                        "PASSED Sign in to the directory",
                        "PASSED Permission SecurityAlert.Read.All",
                        "PASSED Permission SecurityEvents.Read.All",
                        "PASSED Permission ThreatHunting.Read.All",
                        "PASSED Permission SecurityIncident.Read.All",
                        "PASSED Read /security/alerts_v2",
                        "PASSED Read /security/incidents",
                        "PASSED Read /security/runHuntingQuery",
                        "PASSED " + CLOCK);
        assertThat(microsoft.reads()).hasSize(3);
    }

    @Test
    void triesNothingMoreWhenTheSignInFails() throws Exception {
        microsoft.onSignIn(Reply.entraError(401, "invalid_client", 7000222));

        var checks = run();

        assertThat(checks.getFirst().result()).isEqualTo(Check.Result.FAILED);
        assertThat(trouble(checks.getFirst())).isEqualTo(Trouble.SECRET_EXPIRED);
        assertThat(checks.subList(1, checks.size())).hasSize(8).allSatisfy(check -> assertThat(check.result())
                .isEqualTo(Check.Result.SKIPPED));
        assertThat(microsoft.reads()).isEmpty();
    }

    @Test
    void saysWhichPermissionIsMissing() throws Exception {
        microsoft.onSignIn(
                Reply.token("t", "SecurityAlert.Read.All", "SecurityEvents.Read.All", "ThreatHunting.Read.All"));
        microsoft.onRead(asked -> asked.uri().getPath().endsWith("incidents")
                ? Reply.graphError(403, "Forbidden", "no")
                : asked.method().equals("POST") ? Reply.rows() : Reply.page());

        assertThat(run())
                .filteredOn(check -> check.result() == Check.Result.FAILED)
                .extracting(check -> inWords(check) + " " + trouble(check))
                .containsExactly(
                        "FAILED Permission SecurityIncident.Read.All PERMISSION_MISSING",
                        "FAILED Read /security/incidents PERMISSION_MISSING");
    }

    @Test
    void saysThatConsentIsMissingWhenThereIsNoPermissionAtAll() throws Exception {
        microsoft.onSignIn(Reply.token("t"));
        microsoft.onRead(Reply.graphError(403, "Forbidden", "no"));

        assertThat(run())
                .filteredOn(check -> check.result() == Check.Result.FAILED)
                .hasSize(7)
                .allSatisfy(check -> assertThat(trouble(check)).isEqualTo(Trouble.CONSENT_MISSING));
    }

    @Test
    void doesNotCallPermissionsMissingWhenTheTokenCannotBeRead() throws Exception {
        microsoft.onSignIn(
                Reply.json(200, "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_in\":3599}"));
        microsoft.onRead(asked -> asked.uri().getPath().endsWith("incidents")
                ? Reply.graphError(403, "Forbidden", "no")
                : asked.method().equals("POST") ? Reply.rows() : Reply.page());

        assertThat(run())
                .extracting(ConnectionTestTest::inWords)
                .containsExactly(
                        "PASSED Sign in to the directory",
                        "PASSED Permission SecurityAlert.Read.All",
                        "UNKNOWN Permission SecurityEvents.Read.All",
                        "PASSED Permission ThreatHunting.Read.All",
                        "UNKNOWN Permission SecurityIncident.Read.All",
                        "PASSED Read /security/alerts_v2",
                        "FAILED Read /security/incidents",
                        "PASSED Read /security/runHuntingQuery",
                        "PASSED " + CLOCK);
    }

    @Test
    void anAbsentTableDoesNotMakeAConnectionBad() throws Exception {
        microsoft.onRead(asked -> asked.method().equals("POST")
                ? Reply.graphError(
                        400, "BadRequest", "Failed to resolve table or column expression named 'IdentityLogonEvents'.")
                : Reply.page());

        assertThat(run()).allSatisfy(check -> assertThat(check.result()).isEqualTo(Check.Result.PASSED));
    }

    @Test
    void signsInAfreshEachTimeSoThatNewConsentShows() throws Exception {
        run();
        run();

        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void reportsAWrongClockAndPassesTheRest() throws Exception {
        microsoft.onRead(asked -> (asked.method().equals("POST") ? Reply.rows() : Reply.page()));
        try (var late = new Intake(HttpSettings.defaults(), () -> Instant.now().minusSeconds(7_200))) {
            var checks = late.connectionTest(late.poller()).run(microsoft.connection());

            assertThat(checks)
                    .filteredOn(check -> check.result() == Check.Result.FAILED)
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.title()).isEqualTo(CLOCK);
                        assertThat(trouble(check)).isEqualTo(Trouble.CLOCK_SKEW);
                    });
        }
    }

    private List<Check> run() throws InterruptedException {
        return intake.connectionTest(intake.poller()).run(microsoft.connection());
    }

    private static String inWords(Check check) {
        return check.result() + " " + check.title();
    }

    private static Trouble trouble(Check check) {
        return check.diagnosis().orElseThrow().trouble();
    }
}
