package dev.gatehouse.model;

/** What an application signs in with. It prints without its secret part, so that it cannot slip into a log. */
public sealed interface Credential permits ClientSecret, ClientCertificate {

    /**
     * Everything, the secret part included, as {@link #parse} reads it. Call this only where it leaves for the encrypted
     * store.
     */
    String reveal();

    /**
     * Reads what {@link #reveal} gave: a certificate and its key as PEM, or else the Value of a client secret.
     *
     * @throws IllegalArgumentException when it is neither; the message says what to do and holds nothing of it
     */
    static Credential parse(String text) {
        return text.contains("-----BEGIN ") ? ClientCertificate.parse(text) : new ClientSecret(text);
    }
}
