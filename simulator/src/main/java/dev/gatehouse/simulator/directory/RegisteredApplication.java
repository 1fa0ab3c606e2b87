package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.entra.Application;
import dev.gatehouse.simulator.entra.ApplicationSecret;
import dev.gatehouse.simulator.http.Json;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An app registration as the directory shows it. Its secrets, its consented roles and whether it has a service principal
 * are those of the application that signs in, so that tokens and directory can never disagree.
 */
final class RegisteredApplication {

    private record SecretWords(String displayName, Instant start) {}

    private final String id;
    private final Application application;
    private final ObjectNode fields;
    private final Map<X509Certificate, KeyCredential> certificates = new LinkedHashMap<>();
    private final Map<UUID, SecretWords> secretWords = new LinkedHashMap<>();
    private final Map<String, Instant> grantTimes = new LinkedHashMap<>();
    private final Set<String> owners = new LinkedHashSet<>();

    RegisteredApplication(String id, Application application, ObjectNode fields) {
        this.id = id;
        this.application = application;
        this.fields = fields;
    }

    String id() {
        return id;
    }

    String appId() {
        return application.id().toString();
    }

    String displayName() {
        return fields.path("displayName").asString(application.name());
    }

    Application application() {
        return application;
    }

    /** The fields that can be changed by a PATCH. */
    ObjectNode fields() {
        return fields;
    }

    void noteSecret(UUID keyId, String displayName, Instant start) {
        secretWords.put(keyId, new SecretWords(displayName, start));
    }

    /** Whoever registers an application owns it, and owners may change what is theirs. */
    void ownBy(String principalId) {
        owners.add(principalId);
    }

    void disown(String principalId) {
        owners.remove(principalId);
    }

    boolean isOwnedBy(String principalId) {
        return owners.contains(principalId);
    }

    /** The object ids of users and service principals. */
    Set<String> owners() {
        return Collections.unmodifiableSet(owners);
    }

    /** When a role was granted; the first look at a grant made behind the directory's back counts. */
    Instant grantedAt(String role, Instant now) {
        return grantTimes.computeIfAbsent(role, _ -> now);
    }

    void forgetGrant(String role) {
        grantTimes.remove(role);
    }

    ObjectNode node() {
        var node = Json.object().put("id", id).putNull("deletedDateTime").put("appId", appId());
        node.setAll(fields.deepCopy());
        node.set("passwordCredentials", passwords());
        var certificates = node.putArray("keyCredentials");
        certificates().forEach(certificate -> certificates.add(certificate.node()));
        return node;
    }

    List<KeyCredential> certificates() {
        return application.certificates().stream()
                .map(certificate -> certificates.getOrDefault(certificate, KeyCredential.of(certificate)))
                .toList();
    }

    void replaceCertificates(List<KeyCredential> fresh) {
        certificates.clear();
        fresh.forEach(key -> certificates.put(key.certificate(), key));
        application.replaceCertificates(
                fresh.stream().map(KeyCredential::certificate).toList());
    }

    private ArrayNode passwords() {
        var passwords = Json.array();
        application.secrets().forEach(secret -> passwords.add(password(secret)));
        return passwords;
    }

    private ObjectNode password(ApplicationSecret secret) {
        var words = secretWords.get(secret.keyId());
        var node = Json.object()
                .putNull("customKeyIdentifier")
                .put("endDateTime", DirectoryTime.text(secret.expiresAt()))
                .put("keyId", secret.keyId().toString());
        if (words == null) {
            node.putNull("startDateTime").putNull("displayName");
        } else {
            node.put("startDateTime", DirectoryTime.text(words.start())).put("displayName", words.displayName());
        }
        return node.putNull("secretText").put("hint", secret.value().substring(0, 3));
    }
}
