package dev.gatehouse.intake.signin;

import dev.gatehouse.model.Connection;

/** Gets tokens. Safe for use by many threads. */
public interface SignIn {

    /**
     * A token for the tenant, from memory while it is fresh enough, otherwise from Entra. Callers that ask for the same
     * connection at the same time share one request.
     */
    SignInOutcome signIn(Connection connection);

    /** Forgets the token of a connection, because Graph refused it or because its permissions may have changed. */
    void forget(Connection connection);
}
