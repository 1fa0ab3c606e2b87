package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.entra.Application;
import dev.gatehouse.simulator.http.Json;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
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
final class KeyCredential {

    private KeyCredential() {}

    @SuppressWarnings("JavaUtilDate") // what certificates give
    static ObjectNode node(X509Certificate certificate) {
        return Json.object()
                .put("customKeyIdentifier", thumbprint(certificate))
                .put("displayName", certificate.getSubjectX500Principal().getName())
                .put("endDateTime", certificate.getNotAfter().toInstant().toString())
                .putNull("key")
                .put("keyId", keyId(certificate))
                .put("startDateTime", certificate.getNotBefore().toInstant().toString())
                .put("type", "AsymmetricX509Cert")
                .put("usage", "Verify");
    }

    /**
     * The certificates that a PATCH of {@code keyCredentials} leaves: what is not in the list goes, what is listed by its
     * id alone stays.
     */
    static List<X509Certificate> listed(Application application, JsonNode listed) {
        var kept = new ArrayList<X509Certificate>();
        for (var one : listed) {
            var key = one.path("key").asString("");
            if (!key.isEmpty()) {
                kept.add(certificate(key));
                continue;
            }
            var id = one.path("keyId").asString("");
            kept.add(application.certificates().stream()
                    .filter(certificate -> keyId(certificate).equalsIgnoreCase(id))
                    .findFirst()
                    .orElseThrow(() -> DirectoryError.bad(
                            "Update to existing credential with KeyId '%s' is not allowed.".formatted(id))));
        }
        return kept;
    }

    /** Microsoft draws them; here they follow from the certificate, so that nobody has to remember them. */
    private static String keyId(X509Certificate certificate) {
        return UUID.nameUUIDFromBytes(encoded(certificate)).toString();
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
