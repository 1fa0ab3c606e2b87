package dev.gatehouse.intake.signin;

import dev.gatehouse.model.Connection;

/** Gets tokens. Safe for use by many threads. */
public interface SignIn {

    /**
     * A token for the tenant, from memory while it is fresh enough, otherwise from Entra. Callers that ask for the same
     * connection at the same time share one request. A refusal is not remembered: the next call asks again.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    SignInOutcome signIn(Connection connection) throws InterruptedException;

    /**
     * Forgets a token that Graph refused, or that lacks a permission which may have been granted since. Nothing happens
     * when a newer token has taken its place already, so that five feeds that are refused at once sign in once.
     */
    void forget(Connection connection, AccessToken refused);

    /** Forgets whatever token there is, so that the next sign-in shows what is granted now. */
    void forget(Connection connection);
}
