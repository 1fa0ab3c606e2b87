package dev.gatehouse.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A certificate with its private key, with which an application signs in in place of sending a secret. */
public final class ClientCertificate implements Credential {

    private static final int SMALLEST_KEY = 2048;
    private static final Pattern CERTIFICATE = block("CERTIFICATE");
    private static final Pattern PRIVATE_KEY = block("PRIVATE KEY");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN (RSA|EC|ENCRYPTED|OPENSSH) ?PRIVATE KEY-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final X509Certificate certificate;
    private final RSAPrivateKey key;

    /**
     * A certificate and the key that belongs to it.
     *
     * @throws IllegalArgumentException when they do not belong together, or are not RSA with 2048 bits at least
     */
    public ClientCertificate(X509Certificate certificate, PrivateKey key) {
        if (!(certificate.getPublicKey() instanceof RSAPublicKey publicKey)
                || !(key instanceof RSAPrivateKey privateKey)) {
            throw new IllegalArgumentException(
                    "The certificate is not an RSA one, and Microsoft Entra takes no other. Make one with an RSA key.");
        }
        if (!publicKey.getModulus().equals(privateKey.getModulus())) {
            throw new IllegalArgumentException(
                    "The private key does not belong to the certificate. Paste the key that the certificate was made with.");
        }
        if (publicKey.getModulus().bitLength() < SMALLEST_KEY) {
            throw new IllegalArgumentException(
                    "The key is too short. Make a certificate whose RSA key has 2048 bits at least.");
        }
        this.certificate = certificate;
        this.key = privateKey;
    }

    /**
     * Reads PEM with one certificate and one private key, in either order.
     *
     * @throws IllegalArgumentException when something is missing or not usable; the message says what to do and holds
     *     nothing of the text
     */
    public static ClientCertificate parse(String pem) {
        var certificate = found(CERTIFICATE, pem)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "There is no certificate. Paste the PEM text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and the private key below it."));
        if (OTHER_KEY.matcher(pem).find()) {
            throw new IllegalArgumentException(
                    "The private key is in another format. Convert it with 'openssl pkcs8 -topk8 -nocrypt -in KEY' and paste what begins with -----BEGIN PRIVATE KEY-----.");
        }
        var key = found(PRIVATE_KEY, pem)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "There is no private key. Paste the PEM text from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY----- below the certificate."));
        return new ClientCertificate(certificate(certificate), key(key));
    }

    private static Pattern block(String name) {
        return Pattern.compile("-----BEGIN %s-----([A-Za-z0-9+/=\\s]+)-----END %s-----".formatted(name, name));
    }

    private static Optional<byte[]> found(Pattern block, String pem) {
        var matcher = block.matcher(pem);
        return matcher.find() ? Optional.of(Base64.getMimeDecoder().decode(matcher.group(1))) : Optional.empty();
    }

    private static X509Certificate certificate(byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The certificate cannot be read. Paste its PEM text whole.", e);
        }
    }

    private static PrivateKey key(byte[] encoded) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            // Without the cause, which may quote the key.
            throw new IllegalArgumentException(
                    "The private key cannot be read. Paste its PEM text whole; it has to be an RSA key.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must know RSA", e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The key itself. Call this only where it signs. */
    public PrivateKey revealKey() {
        return key;
    }

    /** From when on Microsoft refuses it. */
    @SuppressWarnings("JavaUtilDate") // what certificates give
    public Instant expires() {
        return certificate.getNotAfter().toInstant();
    }

    /** The SHA-1 of the certificate in capitals, as the portal shows it in the column Thumbprint. */
    public String thumbprint() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()))
                    .toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must know SHA-1", e);
        }
    }

    /** The certificate alone, which everybody may see: what is uploaded to the app registration. */
    public String publicPem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException("A certificate that was read can be written", e);
        }
    }

    @Override
    public String reveal() {
        return publicPem() + pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String name, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(name, new String(LINES.encode(encoded), StandardCharsets.US_ASCII), name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientCertificate that && certificate.equals(that.certificate) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }

    @Override
    public String toString() {
        return "certificate " + thumbprint();
    }
}
