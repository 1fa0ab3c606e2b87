package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.Pasted;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed about a device, unchecked but for invisible characters. It prints without the secret.
 *
 * @param name free text
 * @param location free text
 * @param directoryId the Directory (tenant) ID
 * @param applicationId the Application (client) ID
 * @param clientSecret the Value of a client secret; blank when editing means: keep the one we have
 * @param cloud a cloud's name; blank means the global one
 * @param clientSecretExpires the day, or the time, on which the client secret ends; blank when nobody knows
 * @param clientSecretId Microsoft's id of the secret or certificate, when whoever made it says so; blank otherwise
 * @param clientCertificate a certificate and its private key as PEM, in place of a client secret; blank otherwise
 */
public record DeviceDraft(
        String name,
        String location,
        String directoryId,
        String applicationId,
        String clientSecret,
        String cloud,
        String clientSecretExpires,
        String clientSecretId,
        String clientCertificate) {

    public DeviceDraft {
        name = Pasted.text(name);
        location = Pasted.text(location);
        cloud = Pasted.value(cloud);
        clientSecretId = Pasted.value(clientSecretId);
    }

    /** With a secret of which nobody knows when it ends. */
    public DeviceDraft(
            String name, String location, String directoryId, String applicationId, String clientSecret, String cloud) {
        this(name, location, directoryId, applicationId, clientSecret, cloud, "", "", "");
    }

    /**
     * With what was just made at Microsoft.
     *
     * @param credentialId Microsoft's id of it; of a secret, the Secret ID
     * @param end until when it works
     */
    public static DeviceDraft of(
            String name, String location, Connection connection, String credentialId, Instant end) {
        var credential = connection.credential();
        var isCertificate = credential instanceof ClientCertificate;
        return new DeviceDraft(
                name,
                location,
                connection.tenant().toString(),
                connection.application().toString(),
                isCertificate ? "" : credential.reveal(),
                connection.cloud().name(),
                isCertificate ? "" : end.toString(),
                credentialId,
                isCertificate ? credential.reveal() : "");
    }

    /** Whether something to sign in with was given, a secret or a certificate. */
    boolean bringsCredential() {
        return !Pasted.value(clientSecret).isEmpty() || !clientCertificate.isBlank();
    }

    /**
     * What was given to sign in with.
     *
     * @throws IllegalArgumentException when it is not usable; the message says what to do
     */
    Credential credential() {
        return clientCertificate.isBlank()
                ? new ClientSecret(clientSecret)
                : ClientCertificate.parse(clientCertificate);
    }

    /** Microsoft's id of what was given, as it is kept; null when nobody knows it. */
    @Nullable
    String credentialId() {
        return clientSecretId.isEmpty() ? null : clientSecretId.toLowerCase(Locale.ROOT);
    }

    /** When what was given ends: a certificate says so itself. */
    Optional<Instant> expires() {
        return clientCertificate.isBlank()
                ? ExpiryText.parse(clientSecretExpires)
                : Optional.of(ClientCertificate.parse(clientCertificate).expires());
    }

    @Override
    public String toString() {
        return "DeviceDraft[name=%s, location=%s, directoryId=%s, applicationId=%s, cloud=%s]"
                .formatted(name, location, directoryId, applicationId, cloud);
    }
}
