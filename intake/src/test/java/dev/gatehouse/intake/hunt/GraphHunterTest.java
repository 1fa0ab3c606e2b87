package dev.gatehouse.intake.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.intake.testing.PretendMicrosoft;
import dev.gatehouse.intake.testing.Reply;
import dev.gatehouse.intake.testing.SettableClock;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphHunterTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final CloudHttp http = new CloudHttp(
            new HttpSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 2_000, 4), clock);
    private final PretendMicrosoft microsoft = new PretendMicrosoft();
    private final GraphHunter hunter = new GraphHunter(http, new EntraSignIn(http, clock, new Random(1)));

    @AfterEach
    void close() {
        microsoft.close();
        http.close();
    }

    @Test
    void sendsTheQueryWithItsLimitOnALineOfItsOwn() throws Exception {
        hunt("IdentityLogonEvents // \"all\" ;\n", 5);

        assertThat(microsoft.reads()).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).hasToString("/v1.0/security/runHuntingQuery");
            assertThat(asked.body())
                    .isEqualTo("{\"Query\":\"IdentityLogonEvents // \\\"all\\\"\\n| take 5\",\"Timespan\":\"PT24H\"}");
        });
    }

    @Test
    void givesTheRowsAsTheyCame() throws Exception {
        microsoft.onRead(Reply.rows("{\"A\":1}", "{\"A\": \"two\"}"));

        assertThat(hunt("T", 2)).isInstanceOfSatisfying(HuntOutcome.Rows.class, found -> {
            assertThat(found.rows()).containsExactly(Original.of("{\"A\":1}"), Original.of("{\"A\": \"two\"}"));
            assertThat(found.isCut()).isTrue();
        });
        assertThat(hunt("T", 3)).isInstanceOfSatisfying(HuntOutcome.Rows.class, found -> assertThat(found.isCut())
                .isFalse());
    }

    @Test
    void tellsThePersonWhatMicrosoftDoesNotUnderstand() throws Exception {
        microsoft.onRead(Reply.graphError(400, "BadRequest", "'take' operator: Failed to resolve table 'Emails'"));

        assertThat(refusal(hunt("Emails", 5)))
                .returns(Trouble.REQUEST_REFUSED, Diagnosis::trouble)
                .satisfies(diagnosis -> assertThat(diagnosis.cause()).contains("Failed to resolve table 'Emails'"));
    }

    @Test
    void saysWhatEveryHuntingRefusalSays() throws Exception {
        microsoft.onRead(Reply.graphError(
                429, "TooManyRequests", "You have exceeded processing resources allocated to this tenant."));

        assertThat(refusal(hunt("T", 5)))
                .returns(Trouble.THROTTLED, Diagnosis::trouble)
                .satisfies(diagnosis -> assertThat(diagnosis.retryAfter()).isPresent());
        microsoft.onRead(Reply.json(200, "{\"results\":[{]}"));
        assertThat(refusal(hunt("T", 5)).cause()).startsWith("Microsoft Graph's answer for the hunting query");
    }

    @Test
    void takesAFreshTokenOnce() throws Exception {
        microsoft.onRead(Reply.graphError(401, "InvalidAuthenticationToken", "Expired."), Reply.rows("{\"A\":1}"));

        assertThat(hunt("T", 5)).isInstanceOf(HuntOutcome.Rows.class);
        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void refusesWhatCannotBeAsked() {
        var day = Duration.ofDays(1);
        assertThatThrownBy(() -> new HuntingQuery(" ;", day, 5)).hasMessageContaining("The query is empty");
        assertThatThrownBy(() -> new HuntingQuery("T", Duration.ofDays(31), 5)).hasMessageContaining("30 days");
        assertThatThrownBy(() -> new HuntingQuery("T", day, 0)).hasMessageContaining("between 1 and 10000");
    }

    private HuntOutcome hunt(String text, int rows) throws InterruptedException {
        return hunter.hunt(microsoft.connection(), new HuntingQuery(text, Duration.ofDays(1), rows));
    }

    private static Diagnosis refusal(HuntOutcome outcome) {
        assertThat(outcome).isInstanceOf(HuntOutcome.Failed.class);
        return ((HuntOutcome.Failed) outcome).diagnosis();
    }
}
