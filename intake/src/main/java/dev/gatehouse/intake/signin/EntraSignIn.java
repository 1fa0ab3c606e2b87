package dev.gatehouse.intake.signin;

import dev.gatehouse.intake.diagnose.EntraDiagnosis;
import dev.gatehouse.intake.diagnose.TransportDiagnosis;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
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
    private final MonotonicClock clock;
    private final RandomGenerator random;
    private final Map<Connection, Held> tokens = new ConcurrentHashMap<>();
    private final Map<Connection, CompletableFuture<Optional<SignInOutcome>>> underWay = new ConcurrentHashMap<>();

    /**
     * A token in memory, by the clock that never steps: one that is set back must not keep a token that has ended.
     *
     * @param renewAt when to ask for the next
     * @param endsAt when it stops working
     */
    private record Held(AccessToken token, long renewAt, long endsAt) {}

    /**
     * A sign-in without any tokens yet.
     *
     * @param http carries the requests
     * @param clock measures how long tokens live
     * @param random spreads renewals; has to be safe for use by many threads, as {@link java.util.Random} is
     */
    public EntraSignIn(CloudHttp http, MonotonicClock clock, RandomGenerator random) {
        this.http = http;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public SignInOutcome signIn(Connection connection) throws InterruptedException {
        while (true) {
            var held = tokens.get(connection);
            if (held != null && isBefore(held.renewAt())) {
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
            var fresh = held.filter(token -> isBefore(token.renewAt()));
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
            case SignInOutcome.Granted granted -> granted;
            case SignInOutcome.Refused(Diagnosis diagnosis) -> {
                // Entra is away for a moment and the old token still has some minutes: nobody needs to notice.
                var stillGood = held.filter(token -> mayBeAnotherAnswerSoon(diagnosis) && isBefore(token.endsAt()))
                        .map(Held::token);
                yield stillGood.<SignInOutcome>map(SignInOutcome.Granted::new).orElse(outcome);
            }
        };
    }

    /** Some of Entra's servers refuse a secret that others have accepted, for minutes or hours after it was made. */
    private static boolean mayBeAnotherAnswerSoon(Diagnosis refusal) {
        return refusal.trouble().isPassing() || refusal.trouble() == Trouble.BAD_SECRET;
    }

    private boolean isBefore(long moment) {
        return moment - clock.nanos() > 0;
    }

    private SignInOutcome askEntra(Connection connection) throws InterruptedException {
        var result = MsalBridge.signIn(http, connection);
        return switch (result.outcome()) {
            case HttpOutcome.Broken broken -> new SignInOutcome.Refused(TransportDiagnosis.of(broken));
            case HttpOutcome.Answered(Answer answer) ->
                result.accessToken()
                        .map(value -> granted(connection, value, answer))
                        .orElseGet(() -> new SignInOutcome.Refused(EntraDiagnosis.of(answer, connection)));
        };
    }

    private SignInOutcome granted(Connection connection, String value, Answer answer) {
        var lifetime = TokenAnswer.lifetime(answer);
        var token = new AccessToken(
                value, connection.cloud(), answer.receivedAt().plus(lifetime), TokenAnswer.roles(value));
        keep(connection, token, lifetime);
        return new SignInOutcome.Granted(token);
    }

    private void keep(Connection connection, AccessToken token, Duration lifetime) {
        tokens.values().removeIf(other -> !isBefore(other.endsAt()));
        // A token that lives shorter than usual is kept for half its life at least.
        var early = RENEWED_BEFORE_END.plusMillis(random.nextLong(SPREAD.toMillis()));
        var margin = early.compareTo(lifetime.dividedBy(2)) < 0 ? early : lifetime.dividedBy(2);
        tokens.put(connection, new Held(token, clock.after(lifetime.minus(margin)), clock.after(lifetime)));
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
