package dev.gatehouse.intake.signin;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import java.util.Optional;

/** Keeps what Entra says about being asked too often. Safe for use by many threads. */
public interface TokenThrottle {

    /** Remembers nothing; for commands that sign in once. */
    TokenThrottle NONE = new TokenThrottle() {
        @Override
        public Optional<Diagnosis> pause(Connection connection) {
            return Optional.empty();
        }

        @Override
        public void answered(Connection connection) {
            // Nothing is remembered.
        }

        @Override
        public void failed(Connection connection, Diagnosis diagnosis) {
            // Nothing is remembered.
        }
    };

    /** Why Entra may not be asked for a token now; empty when it may. */
    Optional<Diagnosis> pause(Connection connection);

    /** Entra gave a token. */
    void answered(Connection connection);

    /** Entra gave none, or did not answer. */
    void failed(Connection connection, Diagnosis diagnosis);
}
