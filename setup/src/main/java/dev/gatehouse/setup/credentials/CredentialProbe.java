package dev.gatehouse.setup.credentials;

import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.util.List;
import java.util.Optional;

/** Tries a credential that was just made until it works, or until the time for it is over. */
public final class CredentialProbe {

    private final Proof proof;
    private final RetryPolicy retryPolicy;

    public CredentialProbe(Proof proof, RetryPolicy retryPolicy) {
        this.proof = proof;
        this.retryPolicy = retryPolicy;
    }

    /**
     * Waits until it signs in and reads.
     *
     * @return what is wrong when it does not in time
     */
    public Optional<String> signsInAndReads(Connection connection) throws InterruptedException {
        return wait(connection, Integer.MAX_VALUE);
    }

    /**
     * Waits until it signs in, whatever it may read then.
     *
     * @return what is wrong when it does not in time
     */
    public Optional<String> signsIn(Connection connection) throws InterruptedException {
        return wait(connection, 1); // Signing in is what is tried first.
    }

    private Optional<String> wait(Connection connection, int checks) throws InterruptedException {
        var wait = retryPolicy.begin();
        while (true) {
            var failed = failed(connection, checks);
            if (failed.isEmpty()) {
                return Optional.empty();
            }
            var mayPass = failed.stream().allMatch(Proof.Check::isPassing);
            if (!mayPass || !wait.again()) {
                var first = failed.getFirst();
                return Optional.of("The new %s did not pass '%s': %s"
                        .formatted(
                                ApplicationCredentials.word(connection.credential()), first.title(), first.detail()));
            }
        }
    }

    private List<Proof.Check> failed(Connection connection, int checks) throws InterruptedException {
        return proof.prove(connection).stream()
                .limit(checks)
                .filter(check -> !check.passed())
                .toList();
    }
}
