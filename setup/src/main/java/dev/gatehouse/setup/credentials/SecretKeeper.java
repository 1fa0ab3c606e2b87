package dev.gatehouse.setup.credentials;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.TenantId;
import java.time.Instant;
import java.util.Optional;

/** The place where a new secret or certificate is used, e.g. a security device of the Workbench. */
public interface SecretKeeper {

    /**
     * Takes a secret in the moment after Microsoft made it, or a certificate that Microsoft knows by now. When this returns,
     * it is safe.
     *
     * @param connection the tenant, the application and the Value, or the certificate with its private key
     * @param keyId Microsoft's id of it; of a secret, the Secret ID
     * @param end until when it works
     * @throws NotKept when it is not safe; it is then removed from the application again
     */
    void keep(Connection connection, String keyId, Instant end) throws NotKept, InterruptedException;

    /** Which application the place signs in with until now; empty when it signs in with none, or nobody knows. */
    default Optional<ApplicationId> application(TenantId tenant) {
        return Optional.empty();
    }

    /** It could not be put away. */
    final class NotKept extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        /**
         * Says why.
         *
         * @param reason what was tried, why it failed and what helps, without the secret or the key
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
