package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Credential;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a device signs in with, as far as it may be shown.
 *
 * @param kind a secret or a certificate
 * @param id Microsoft's id of it, e.g. the Secret ID, when we know
 * @param expires from when on Microsoft refuses it, when somebody or something told us; never guessed
 */
public record DeviceCredential(Kind kind, Optional<String> id, Optional<Instant> expires) {

    /** The two that Microsoft offers for an app registration. */
    public enum Kind {
        CLIENT_SECRET("Client secret"),
        CERTIFICATE("Certificate");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** As people call it. */
        public String title() {
            return title;
        }

        /** As it is called within a sentence about the device, e.g. {@code secret}. */
        public String word() {
            return this == CLIENT_SECRET ? "secret" : "certificate";
        }

        /** The word in the database and the API, e.g. {@code client_secret}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(Credential credential) {
            return switch (credential) {
                case ClientSecret _ -> CLIENT_SECRET;
                case ClientCertificate _ -> CERTIFICATE;
            };
        }

        static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** How long it still works. */
    public Countdown countdown(Instant now) {
        return Countdown.of(expires, now);
    }
}
