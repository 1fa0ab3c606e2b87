package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.http.Json;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A certificate of an app registration as Graph shows it, without the certificate itself.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/keycredential">keyCredential</a>
 */
record KeyCredential(X509Certificate certificate, String keyId, String displayName) {

    /** One that was registered behind the directory's back. */
    static KeyCredential of(X509Certificate certificate) {
        return new KeyCredential(
                certificate,
                UUID.nameUUIDFromBytes(encoded(certificate)).toString(),
                certificate.getSubjectX500Principal().getName());
    }

    @SuppressWarnings("JavaUtilDate") // what certificates give
    Instant start() {
        return certificate.getNotBefore().toInstant();
    }

    @SuppressWarnings("JavaUtilDate") // what certificates give
    Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    ObjectNode node() {
        return Json.object()
                .put("customKeyIdentifier", thumbprint(certificate))
                .put("displayName", displayName)
                .put("endDateTime", DirectoryTime.text(end()))
                .putNull("key")
                .put("keyId", keyId)
                .put("startDateTime", DirectoryTime.text(start()))
                .put("type", "AsymmetricX509Cert")
                .put("usage", "Verify");
    }

    /**
     * The certificates that a PATCH of {@code keyCredentials} leaves: what is not in the list goes, what is listed by its
     * id alone stays.
     */
    static List<KeyCredential> listed(List<KeyCredential> present, JsonNode listed) {
        var kept = new ArrayList<KeyCredential>();
        for (var one : listed) {
            var id = one.path("keyId").asString("");
            var known = present.stream()
                    .filter(key -> key.keyId().equalsIgnoreCase(id))
                    .findFirst();
            var key = one.path("key").asString("");
            if (known.isPresent()) {
                kept.add(known.get());
            } else if (key.isEmpty()) {
                throw DirectoryError.bad("Update to existing credential with KeyId '%s' is not allowed.".formatted(id));
            } else {
                var fresh = of(certificate(key));
                kept.add(new KeyCredential(
                        fresh.certificate(),
                        id.isEmpty() ? fresh.keyId() : id,
                        one.path("displayName").asString(fresh.displayName())));
            }
        }
        return kept;
    }

    private static X509Certificate certificate(String base64) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        } catch (CertificateException | IllegalArgumentException e) {
            throw DirectoryError.bad("Key credential is invalid: the certificate cannot be read.");
        }
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(encoded(certificate)))
                    .toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK knows SHA-1", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read can be written", e);
        }
    }
}
