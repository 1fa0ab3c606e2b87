package dev.gatehouse.model;

import java.util.Optional;

/**
 * All that is needed to read one tenant: which one, as which application, with what, in which cloud.
 *
 * @param tenant the customer's directory
 * @param application the app registration in that directory
 * @param credential one of the application's client secrets or certificates
 * @param cloud where that directory lives
 */
public record Connection(TenantId tenant, ApplicationId application, Credential credential, Cloud cloud) {

    /** The client secret, unless it signs in with a certificate. */
    public Optional<ClientSecret> clientSecret() {
        return credential instanceof ClientSecret secret ? Optional.of(secret) : Optional.empty();
    }
}
