package dev.gatehouse.setup.directory;

import dev.gatehouse.model.ClientSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        Optional<Instant> created) {

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
            String keyId, String displayName, Optional<Instant> start, Optional<Instant> end, Optional<String> hint) {

        /** Whether it works at an instant. */
        public boolean isValidAt(Instant now) {
            return end.isEmpty() || end.get().isAfter(now);
        }
    }

    /**
     * Which of the secrets a Value belongs to, which is known to work or to have worked here: the only one that begins like
     * it. Empty when several do.
     */
    public Optional<Password> secretOf(ClientSecret value) {
        var alike = passwords.stream()
                .filter(password -> password.hint()
                        .filter(hint -> !hint.isEmpty() && value.reveal().startsWith(hint))
                        .isPresent())
                .toList();
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
