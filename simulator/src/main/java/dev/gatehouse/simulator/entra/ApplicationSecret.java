package dev.gatehouse.simulator.entra;

import java.time.Instant;
import java.util.UUID;

/**
 * A client secret.
 *
 * @param keyId what the portal shows as "Secret ID"; not a credential, but often pasted as one
 * @param value what the portal shows once, as "Value"
 */
public record ApplicationSecret(UUID keyId, String value, Instant expiresAt) {

    /** The same secret with another end. */
    public ApplicationSecret expiringAt(Instant end) {
        return new ApplicationSecret(keyId, value, end);
    }

    @Override
    public String toString() {
        return "secret %s until %s".formatted(keyId, expiresAt);
    }
}
