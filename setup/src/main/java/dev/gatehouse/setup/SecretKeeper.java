package dev.gatehouse.setup;

import dev.gatehouse.model.Connection;
import java.time.Instant;

/** The place where a new secret is used, e.g. a security device of the Workbench. */
public interface SecretKeeper {

    /**
     * Takes a secret in the moment after Microsoft made it. When this returns, the secret is safe.
     *
     * @param connection the tenant, the application and the Value
     * @param secretId the Secret ID
     * @param end until when the secret works
     * @throws NotKept when the secret is not safe; it is then removed from the application again
     */
    void keep(Connection connection, String secretId, Instant end) throws NotKept, InterruptedException;

    /** The secret could not be put away. */
    final class NotKept extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        /**
         * Says why.
         *
         * @param reason what was tried, why it failed and what helps, without the secret
         */
        public NotKept(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** What was tried, why it failed and what helps. */
        public String reason() {
            return reason;
        }
    }
}
