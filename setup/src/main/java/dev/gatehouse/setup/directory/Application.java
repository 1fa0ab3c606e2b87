package dev.gatehouse.setup.directory;

import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Credential;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An app registration.
 *
 * @param id the object id, by which Graph addresses it
 * @param appId the Application (client) ID, by which it signs in
 * @param displayName as shown; not unique
 * @param signInAudience whose accounts it serves, e.g. {@code AzureADMyOrg}
 * @param tags what its makers noted
 * @param requiredResourceAccess the permissions that it asks for, as Graph gives them
 * @param passwords its client secrets, without their values
 * @param certificates its certificates
 * @param created when it was made, when Graph says
 */
public record Application(
        String id,
        String appId,
        String displayName,
        String signInAudience,
        Set<String> tags,
        JsonNode requiredResourceAccess,
        List<Password> passwords,
        List<Certificate> certificates,
        Optional<Instant> created) {

    /** Something that it signs in with: a client secret or a certificate. */
    public sealed interface Key {

        /** Microsoft's id of it; of a secret, the Secret ID. */
        String keyId();

        /** The description. */
        String displayName();

        /** Until when it works. */
        Optional<Instant> end();

        /** Whether it works at an instant. */
        default boolean isValidAt(Instant now) {
            return end().isEmpty() || end().get().isAfter(now);
        }
    }

    /**
     * A certificate as the directory shows it.
     *
     * @param keyId the id that its maker gave it
     * @param displayName the description
     * @param end until when it works
     * @param identifier Microsoft's customKeyIdentifier: its thumbprint, unless its maker chose another
     */
    public record Certificate(String keyId, String displayName, Optional<Instant> end, String identifier)
            implements Key {

        /** The thumbprint stands there in hexadecimal digits or, as OData writes binary values, in Base64. */
        private boolean isThatOf(ClientCertificate certificate) {
            var thumbprint = certificate.thumbprint();
            return identifier.equalsIgnoreCase(thumbprint)
                    || identifier.equals(
                            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(thumbprint)));
        }
    }

    /**
     * A client secret as the directory shows it: everything but the Value.
     *
     * @param keyId the Secret ID
     * @param displayName the description
     * @param start from when it works
     * @param end until when it works
     * @param hint the first characters of the Value, when Graph says
     */
    public record Password(
            String keyId, String displayName, Optional<Instant> start, Optional<Instant> end, Optional<String> hint)
            implements Key {

        private boolean beginsLike(ClientSecret value) {
            return hint.filter(text -> !text.isEmpty() && value.reveal().startsWith(text))
                    .isPresent();
        }
    }

    /** Its secrets and certificates. */
    public List<Key> keys() {
        return Stream.<Key>concat(passwords.stream(), certificates.stream()).toList();
    }

    /** Whether it has a key with that id. */
    public boolean has(String keyId) {
        return keys().stream().anyMatch(key -> key.keyId().equalsIgnoreCase(keyId));
    }

    /**
     * Which of them a credential is that works or has worked here: the certificate with its thumbprint, or the only secret
     * that begins like its Value. Empty when several do.
     */
    public Optional<Key> keyOf(Credential credential) {
        var alike =
                switch (credential) {
                    case ClientSecret secret ->
                        passwords.stream()
                                .filter(password -> password.beginsLike(secret))
                                .toList();
                    case ClientCertificate certificate ->
                        certificates.stream()
                                .filter(known -> known.isThatOf(certificate))
                                .toList();
                };
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }

    /** The ids of the permissions that it asks for from a resource, of type {@code Role} or {@code Scope}. */
    public Set<String> asksFor(String resourceAppId, String type) {
        return requiredResourceAccess
                .valueStream()
                .filter(resource -> resource.path("resourceAppId").asString("").equals(resourceAppId))
                .flatMap(resource -> resource.path("resourceAccess").valueStream())
                .filter(access -> access.path("type").asString("").equals(type))
                .map(access -> access.path("id").asString(""))
                .collect(Collectors.toSet());
    }
}
