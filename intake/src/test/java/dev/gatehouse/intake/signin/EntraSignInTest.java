package dev.gatehouse.intake.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.testing.PretendMicrosoft;
import dev.gatehouse.intake.testing.Reply;
import dev.gatehouse.intake.testing.SettableClock;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntraSignInTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final CloudHttp http = new CloudHttp(HttpSettings.defaults(), clock);
    private final PretendMicrosoft microsoft = new PretendMicrosoft();
    private final EntraSignIn signIn = new EntraSignIn(http, clock, new Random(1));

    @AfterEach
    void close() {
        microsoft.close();
        http.close();
    }

    @Test
    void asksTheTokenEndpointAsTheContractHasIt() throws Exception {
        granted();

        assertThat(microsoft.signIns()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.uri()).hasToString("/" + PretendMicrosoft.CONTOSO + "/oauth2/v2.0/token");
            assertThat(asked.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
            assertThat(asked.body())
                    .contains(
                            "grant_type=client_credentials",
                            "client_id=" + PretendMicrosoft.APPLICATION,
                            "client_secret=Ab8Q%7Etopsecret",
                            "http%3A%2F%2Flocalhost",
                            "%2F.default");
        });
        assertThat(microsoft.reads()).isEmpty();
    }

    @Test
    void readsRolesAndEndOfTheToken() throws Exception {
        microsoft.onSignIn(Reply.token("t", "SecurityAlert.Read.All", "ThreatHunting.Read.All"));

        var token = granted();

        assertThat(token.roles().orElseThrow())
                .containsExactlyInAnyOrder("SecurityAlert.Read.All", "ThreatHunting.Read.All");
        assertThat(token.lacks("SecurityIncident.Read.All")).isTrue();
        assertThat(token.expires()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(token.cloud()).isEqualTo(microsoft.cloud());
    }

    @Test
    void aTokenThatCannotBeReadIsStillATokenAndSaysNothingAboutPermissions() throws Exception {
        microsoft.onSignIn(
                Reply.json(
                        200,
                        "{\"token_type\":\"Bearer\",\"expires_in\":\"3599\",\"access_token\":\"opaque\",\"ext_expires_in\":1}"));

        var token = granted();

        assertThat(token.roles()).isEmpty();
        assertThat(token.lacks("SecurityAlert.Read.All")).isFalse();
        assertThat(token.expires()).isEqualTo(NOW.plusSeconds(3599));
    }

    @Test
    void aTokenWithoutPermissionsLacksThem() throws Exception {
        microsoft.onSignIn(Reply.token("none"));

        assertThat(granted().roles()).contains(Set.of());
        assertThat(granted().lacks("SecurityAlert.Read.All")).isTrue();
    }

    @Test
    void keepsATokenUntilSomeMinutesBeforeItsEnd() throws Exception {
        microsoft.onSignIn(Reply.token("one"), Reply.token("two"));
        var first = granted();
        clock.advance(Duration.ofMinutes(52));

        assertThat(granted()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(3));
        assertThat(granted()).isNotEqualTo(first);
        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void keepsTheOldTokenWhileEntraIsAway() throws Exception {
        microsoft.onSignIn(Reply.token("one"), Reply.json(503, ""));
        var first = granted();
        clock.advance(Duration.ofMinutes(56));

        assertThat(granted()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(5));
        assertThat(refused().trouble()).isEqualTo(Trouble.MICROSOFT_ERROR);
    }

    @Test
    void doesNotKeepTheOldTokenWhenASecretHasExpired() throws Exception {
        microsoft.onSignIn(Reply.token("one"), Reply.entraError(401, "invalid_client", 7000222));
        granted();
        clock.advance(Duration.ofMinutes(56));

        assertThat(refused().trouble()).isEqualTo(Trouble.SECRET_EXPIRED);
    }

    @Test
    void keepsTheOldTokenWhenASecretThatHasWorkedIsRefusedOnce() throws Exception {
        microsoft.onSignIn(Reply.token("one"), Reply.entraError(401, "invalid_client", 7000215), Reply.token("two"));
        var first = granted();
        clock.advance(Duration.ofMinutes(56));

        assertThat(granted()).isEqualTo(first);
        assertThat(granted()).isNotEqualTo(first);
    }

    @Test
    void asksOnceMoreWhenASecretThatHasWorkedIsRefusedAndItsTokenIsOver() throws Exception {
        var asked = new AtomicInteger();
        microsoft.onSignIn(request -> asked.getAndIncrement() % 2 == 0
                ? Reply.token("token" + asked)
                : Reply.entraError(401, "invalid_client", 7000215));

        for (var hour = 0; hour < 6; hour++) {
            assertThat(signIn.signIn(microsoft.connection())).isInstanceOf(SignInOutcome.Granted.class);
            clock.advance(Duration.ofHours(2));
        }
    }

    @Test
    void believesASecondRefusalAndTheFirstOneOfASecretThatNeverWorked() throws Exception {
        microsoft.onSignIn(Reply.entraError(401, "invalid_client", 7000215));
        assertThat(refused().trouble()).isEqualTo(Trouble.BAD_SECRET);
        assertThat(microsoft.signIns()).hasSize(1);

        microsoft.onSignIn(Reply.token("one"), Reply.entraError(401, "invalid_client", 7000215));
        granted();
        clock.advance(Duration.ofHours(2));
        assertThat(refused().trouble()).isEqualTo(Trouble.BAD_SECRET);
        assertThat(microsoft.signIns()).hasSize(4);
    }

    @Test
    void asksForNoTokenWhileEntraWantsToBeLeftAloneAndKeepsTheOneItHas() throws Exception {
        var throttle = new HeldThrottle();
        var heeding = new EntraSignIn(http, clock, new Random(1), throttle);
        var first = heeding.signIn(microsoft.connection());
        microsoft.onSignIn(
                Reply.entraError(429, "temporarily_unavailable", 90055).with("Retry-After", "600"));
        heeding.forget(microsoft.connection());
        heeding.signIn(microsoft.connection());
        assertThat(throttle.held).isPresent();
        var asked = microsoft.signIns().size();

        var held = heeding.signIn(microsoft.connection());

        assertThat(first).isInstanceOf(SignInOutcome.Granted.class);
        assertThat(held).isEqualTo(new SignInOutcome.Refused(throttle.held.orElseThrow()));
        assertThat(microsoft.signIns()).hasSize(asked);

        throttle.held = Optional.empty();
        microsoft.onSignIn(Reply.token("one"));
        var granted = heeding.signIn(microsoft.connection());
        throttle.held = Optional.of(Diagnosis.of(Trouble.THROTTLED, "Not now.", "Wait."));
        heeding.forget(microsoft.connection());
        assertThat(heeding.signIn(microsoft.connection())).as("kept").isEqualTo(granted);
    }

    /** Remembers one refusal, for ever. */
    private static final class HeldThrottle implements TokenThrottle {

        private Optional<Diagnosis> held = Optional.empty();

        @Override
        public Optional<Diagnosis> pause(Connection connection) {
            return held;
        }

        @Override
        public void answered(Connection connection) {
            held = Optional.empty();
        }

        @Override
        public void failed(Connection connection, Diagnosis diagnosis) {
            held = Optional.of(diagnosis);
        }
    }

    @Test
    void letsATokenEndInTimeWhenSomebodySetsTheClockBack() throws Exception {
        microsoft.onSignIn(Reply.token("one"), Reply.token("two"));
        var first = granted();

        clock.step(Duration.ofDays(-1));
        assertThat(granted()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(61));
        assertThat(granted()).isNotEqualTo(first);
    }

    @Test
    void keepsATokenWhenSomebodySetsTheClockForward() throws Exception {
        granted();

        clock.step(Duration.ofDays(1));
        granted();

        assertThat(microsoft.signIns()).hasSize(1);
    }

    @Test
    void remembersNoRefusal() throws Exception {
        microsoft.onSignIn(Reply.entraError(401, "invalid_client", 7000215), Reply.token("one"));

        assertThat(refused().trouble()).isEqualTo(Trouble.BAD_SECRET);
        assertThat(granted().roles()).contains(Set.of());
    }

    @Test
    void explainsARefusalByEntrasOwnAnswer() throws Exception {
        microsoft.onSignIn(Reply.entraError(400, "invalid_request", 90002).with("Retry-After", "5"));

        var diagnosis = refused();

        assertThat(diagnosis.code()).contains("AADSTS90002");
        assertThat(diagnosis.requestId()).contains("trace");
        assertThat(diagnosis.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(microsoft.signIns()).hasSize(1);
    }

    @Test
    void recognisesASecretIdThatWasPastedForTheValue() throws Exception {
        microsoft.onSignIn(Reply.entraError(401, "invalid_client", 7000215));

        var outcome = signIn.signIn(microsoft.connection("7a4f9c1e-0d6b-4a55-9d7e-3f2b8c1d0e9f"));

        assertThat(((SignInOutcome.Refused) outcome).diagnosis().trouble()).isEqualTo(Trouble.SECRET_ID_NOT_VALUE);
    }

    @Test
    void explainsAnAnswerThatIsNotEntras() throws Exception {
        for (var body : new String[] {"<html></html>", "", "{}", "[]", "\"x\""}) {
            microsoft.onSignIn(Reply.json(200, body));

            assertThat(refused().trouble()).as(body).isEqualTo(Trouble.UNREADABLE_ANSWER);
        }
    }

    @Test
    void asksOnceMoreForEachTryAndNoOftener() throws Exception {
        microsoft.onSignIn(Reply.json(500, ""));

        refused();
        refused();

        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void saysWhenEntraCannotBeReached() throws Exception {
        var connection = microsoft.connection();
        microsoft.close();

        var outcome = signIn.signIn(connection);

        assertThat(((SignInOutcome.Refused) outcome).diagnosis().trouble()).isEqualTo(Trouble.UNREACHABLE);
    }

    @Test
    void forgetsATokenThatGraphRefusedOnlyWhileItIsTheLatest() throws Exception {
        microsoft.onSignIn(Reply.token("one"), Reply.token("two"), Reply.token("three"));
        var first = granted();

        signIn.forget(microsoft.connection(), first);
        var second = granted();
        signIn.forget(microsoft.connection(), first);

        assertThat(second).isNotEqualTo(first);
        assertThat(granted()).isEqualTo(second);
    }

    @Test
    void anotherSecretGetsItsOwnToken() throws Exception {
        granted();

        signIn.signIn(microsoft.connection("another"));

        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void callersAtTheSameTimeShareOneRequest() throws Exception {
        var arrived = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        microsoft.onSignIn(asked -> waitFor(arrived, release));
        var outcomes = new ArrayList<CompletableFuture<SignInOutcome>>();
        outcomes.add(signInElsewhere());
        arrived.await();
        for (var count = 0; count < 20; count++) {
            outcomes.add(signInElsewhere());
        }

        release.countDown();

        for (var outcome : outcomes) {
            assertThat(outcome.get()).isInstanceOf(SignInOutcome.Granted.class);
        }
        assertThat(microsoft.signIns()).hasSize(1);
    }

    @Test
    void whoeverWaitsTakesOverWhenTheOneWhoAskedIsInterrupted() throws Exception {
        var arrived = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        microsoft.onSignIn(asked -> arrived.getCount() > 0 ? waitFor(arrived, never) : Reply.token("two"));
        var first = new CompletableFuture<String>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                first.complete(signIn.signIn(microsoft.connection()).toString());
            } catch (InterruptedException e) {
                first.complete("interrupted");
            }
        });
        arrived.await();
        var second = signInElsewhere();

        thread.interrupt();

        assertThat(first.get()).isEqualTo("interrupted");
        assertThat(second.get()).isInstanceOf(SignInOutcome.Granted.class);
    }

    @Test
    void printsNoTokensAndNoSecrets() throws Exception {
        var outcome = signIn.signIn(microsoft.connection());

        assertThat(outcome.toString())
                .doesNotContain(((SignInOutcome.Granted) outcome).token().value());
        assertThat(microsoft.connection().toString()).doesNotContain(PretendMicrosoft.SECRET);
    }

    private static Reply waitFor(CountDownLatch arrived, CountDownLatch release) {
        arrived.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.token("one");
    }

    private CompletableFuture<SignInOutcome> signInElsewhere() {
        var outcome = new CompletableFuture<SignInOutcome>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(signIn.signIn(microsoft.connection()));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    private AccessToken granted() throws InterruptedException {
        var outcome = signIn.signIn(microsoft.connection());
        assertThat(outcome).isInstanceOf(SignInOutcome.Granted.class);
        return ((SignInOutcome.Granted) outcome).token();
    }

    private Diagnosis refused() throws InterruptedException {
        var outcome = signIn.signIn(microsoft.connection());
        assertThat(outcome).isInstanceOf(SignInOutcome.Refused.class);
        return ((SignInOutcome.Refused) outcome).diagnosis();
    }
}
