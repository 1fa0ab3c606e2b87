package dev.gatehouse.intake.signin;

import dev.gatehouse.intake.diagnose.EntraDiagnosis;
import dev.gatehouse.intake.diagnose.TransportDiagnosis;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/**
 * Signs in at Entra and keeps the tokens in memory. They are renewed a little before they end, each at its own moment, so
 * that thousands of tenants that were added together do not sign in together every hour.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Client credentials</a>
 */
public final class EntraSignIn implements SignIn {

    private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(5);
    private static final Duration SPREAD = Duration.ofMinutes(2);

    private final CloudHttp http;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Connection, Held> tokens = new ConcurrentHashMap<>();
    private final Map<Connection, CompletableFuture<Optional<SignInOutcome>>> underWay = new ConcurrentHashMap<>();

    /** A token in memory, and when to ask for the next. */
    private record Held(AccessToken token, Instant renewAt) {}

    /**
     * A sign-in without any tokens yet.
     *
     * @param http carries the requests
     * @param clock says when tokens end
     * @param random spreads renewals; has to be safe for use by many threads, as {@link java.util.Random} is
     */
    public EntraSignIn(CloudHttp http, InstantSource clock, RandomGenerator random) {
        this.http = http;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public SignInOutcome signIn(Connection connection) throws InterruptedException {
        while (true) {
            var held = tokens.get(connection);
            if (held != null && clock.instant().isBefore(held.renewAt())) {
                return new SignInOutcome.Granted(held.token());
            }
            var mine = new CompletableFuture<Optional<SignInOutcome>>();
            var theirs = underWay.putIfAbsent(connection, mine);
            var outcome = theirs == null ? Optional.of(lead(connection, mine)) : await(theirs);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    /** Asks Entra on behalf of all who wait. When that is interrupted or fails, one of those who wait takes over. */
    private SignInOutcome lead(Connection connection, CompletableFuture<Optional<SignInOutcome>> promise)
            throws InterruptedException {
        var outcome = Optional.<SignInOutcome>empty();
        try {
            // Somebody may have finished between our look at the tokens and our turn.
            var held = Optional.ofNullable(tokens.get(connection));
            var fresh = held.filter(token -> clock.instant().isBefore(token.renewAt()));
            outcome = Optional.of(
                    fresh.isPresent() ? new SignInOutcome.Granted(fresh.get().token()) : renew(connection, held));
            return outcome.get();
        } finally {
            underWay.remove(connection);
            promise.complete(outcome);
        }
    }

    private static Optional<SignInOutcome> await(CompletableFuture<Optional<SignInOutcome>> promise)
            throws InterruptedException {
        try {
            return promise.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A sign-in is never completed by an exception", e);
        }
    }

    private SignInOutcome renew(Connection connection, Optional<Held> held) throws InterruptedException {
        var outcome = askEntra(connection);
        return switch (outcome) {
            case SignInOutcome.Granted(AccessToken token) -> {
                keep(connection, token);
                yield outcome;
            }
            case SignInOutcome.Refused(Diagnosis diagnosis) -> {
                // Entra is away for a moment and the old token still has some minutes: nobody needs to notice.
                var stillGood = held.map(Held::token)
                        .filter(token -> diagnosis.trouble().isPassing()
                                && clock.instant().isBefore(token.expires()));
                yield stillGood.<SignInOutcome>map(SignInOutcome.Granted::new).orElse(outcome);
            }
        };
    }

    private SignInOutcome askEntra(Connection connection) throws InterruptedException {
        var result = MsalBridge.signIn(http, connection);
        return switch (result.outcome()) {
            case HttpOutcome.Broken broken -> new SignInOutcome.Refused(TransportDiagnosis.of(broken));
            case HttpOutcome.Answered(Answer answer) ->
                result.accessToken()
                        .<SignInOutcome>map(value -> new SignInOutcome.Granted(new AccessToken(
                                value,
                                connection.cloud(),
                                answer.receivedAt().plus(TokenAnswer.lifetime(answer)),
                                TokenAnswer.roles(value))))
                        .orElseGet(() -> new SignInOutcome.Refused(EntraDiagnosis.of(answer, connection)));
        };
    }

    private void keep(Connection connection, AccessToken token) {
        var now = clock.instant();
        tokens.values().removeIf(other -> other.token().expires().isBefore(now));
        var lifetime = Duration.between(now, token.expires());
        // A token that lives shorter than usual is kept for half its life at least.
        var early = RENEWED_BEFORE_END.plusMillis(random.nextLong(SPREAD.toMillis()));
        var margin = early.compareTo(lifetime.dividedBy(2)) < 0 ? early : lifetime.dividedBy(2);
        tokens.put(connection, new Held(token, token.expires().minus(margin)));
    }

    @Override
    public void forget(Connection connection, AccessToken refused) {
        tokens.computeIfPresent(connection, (key, held) -> held.token().equals(refused) ? null : held);
    }

    @Override
    public void forget(Connection connection) {
        tokens.remove(connection);
    }
}
