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

    /** A device that is polled signs in every hour. */
    private static final Duration WORKED_LATELY = Duration.ofDays(1);

    private final CloudHttp http;
    private final MonotonicClock clock;
    private final RandomGenerator random;
    private final TokenThrottle throttle;
    private final Map<Connection, Held> tokens = new ConcurrentHashMap<>();

    /** What Entra has given a token for, and until when that says something. */
    private final Map<Connection, Long> worked = new ConcurrentHashMap<>();

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
        this(http, clock, random, TokenThrottle.NONE);
    }

    /**
     * The same, which leaves Entra alone when it wants to be.
     *
     * @param throttle says when
     */
    public EntraSignIn(CloudHttp http, MonotonicClock clock, RandomGenerator random, TokenThrottle throttle) {
        this.http = http;
        this.clock = clock;
        this.random = random;
        this.throttle = throttle;
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
        var stillGood = held.filter(token -> isBefore(token.endsAt())).map(Held::token);
        var outcome = askEntraIfItMayBe(connection);
        if (stillGood.isEmpty() && worked.containsKey(connection) && isBadSecret(outcome)) {
            outcome = askEntraIfItMayBe(connection);
        }
        return switch (outcome) {
            case SignInOutcome.Granted granted -> granted;
            case SignInOutcome.Refused(Diagnosis diagnosis) -> {
                // Entra is away for a moment and the old token still has some minutes: nobody needs to notice.
                var mayPass = diagnosis.trouble().isPassing() || isBadSecret(outcome);
                yield mayPass && stillGood.isPresent() ? new SignInOutcome.Granted(stillGood.get()) : outcome;
            }
        };
    }

    /**
     * Some of Entra's servers refuse a secret that others have accepted, for minutes or hours after it was made. So one that
     * has worked is asked about once more, and is not believed to be wrong while it has a token.
     */
    private static boolean isBadSecret(SignInOutcome outcome) {
        return outcome instanceof SignInOutcome.Refused(var refusal) && refusal.trouble() == Trouble.BAD_SECRET;
    }

    private SignInOutcome askEntraIfItMayBe(Connection connection) throws InterruptedException {
        var pause = throttle.pause(connection);
        if (pause.isPresent()) {
            return new SignInOutcome.Refused(pause.get());
        }
        var outcome = askEntra(connection);
        switch (outcome) {
            case SignInOutcome.Granted granted -> throttle.answered(connection);
            case SignInOutcome.Refused(var diagnosis) -> throttle.failed(connection, diagnosis);
        }
        return outcome;
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
        worked.values().removeIf(until -> !isBefore(until));
        worked.put(connection, clock.after(WORKED_LATELY));
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
        // While there are no new ones, the old one is better than none.
        if (throttle.pause(connection).isEmpty()) {
            tokens.remove(connection);
        }
    }
}
