package dev.gatehouse.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A certificate with its private key, with which an application signs in in place of sending a secret. */
public final class ClientCertificate implements Credential {

    private static final int SMALLEST_KEY = 2048;
    private static final Pattern CERTIFICATE = block("(?:X509 |TRUSTED )?CERTIFICATE");

    /** Whatever the label says, the content decides: Key Vault writes PKCS#1 below {@code PRIVATE KEY}. */
    private static final Pattern PRIVATE_KEY = block("(?:[A-Z]+ )?PRIVATE KEY");

    private static final Pattern LOCKED_KEY =
            Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: *4,ENCRYPTED");
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
     * Reads PEM with a certificate and its private key, in any order. Further certificates, such as those of who issued it,
     * are passed over: the one that the key belongs to counts. The key may be PKCS#8 or PKCS#1, whatever its label says.
     *
     * @throws IllegalArgumentException when something is missing or not usable; the message says what to do and holds
     *     nothing of the text
     */
    public static ClientCertificate parse(String pem) {
        // Line breaks that went through a variable or a JSON text twice.
        var text = pem.replace("\\r", "").replace("\\n", "\n").replace("\uFEFF", "");
        var certificates = found(CERTIFICATE, text).stream()
                .map(ClientCertificate::certificate)
                .toList();
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no certificate. Paste the PEM text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and the private key below it.");
        }
        if (LOCKED_KEY.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "The private key is locked with a password. Unlock it with 'openssl pkcs8 -topk8 -nocrypt -in KEY' and paste what begins with -----BEGIN PRIVATE KEY-----.");
        }
        var keys = found(PRIVATE_KEY, text);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no private key. Paste the PEM text from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY----- below the certificate.");
        }
        if (keys.size() > 1) {
            throw new IllegalArgumentException(
                    "There are %d private keys. Paste the one that the certificate was made with."
                            .formatted(keys.size()));
        }
        var key = key(keys.getFirst());
        return new ClientCertificate(
                certificates.stream()
                        .filter(certificate -> belongsTo(key, certificate))
                        .findFirst()
                        .orElse(certificates.getFirst()),
                key);
    }

    private static boolean belongsTo(PrivateKey key, X509Certificate certificate) {
        return key instanceof RSAPrivateKey privateKey
                && certificate.getPublicKey() instanceof RSAPublicKey publicKey
                && publicKey.getModulus().equals(privateKey.getModulus());
    }

    private static Pattern block(String name) {
        return Pattern.compile("-----BEGIN %s-----([A-Za-z0-9+/=\\s]+)-----END %s-----".formatted(name, name));
    }

    private static List<byte[]> found(Pattern block, String pem) {
        return block.matcher(pem)
                .results()
                .map(result -> Base64.getMimeDecoder().decode(result.group(1)))
                .toList();
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
            return rsaKey(encoded);
        } catch (InvalidKeySpecException e) {
            return pkcs1Key(encoded);
        }
    }

    private static PrivateKey pkcs1Key(byte[] encoded) {
        try {
            return rsaKey(asPkcs8(encoded));
        } catch (InvalidKeySpecException e) {
            // Without the cause, which may quote the key.
            throw new IllegalArgumentException(
                    "The private key cannot be read. Paste its PEM text whole; it has to be an RSA key.");
        }
    }

    private static PrivateKey rsaKey(byte[] pkcs8) throws InvalidKeySpecException {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must know RSA", e);
        }
    }

    /**
     * Wraps an RSA key as PKCS#8 does: version 0, the algorithm rsaEncryption, and the key as an octet string.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5958#section-2">RFC 5958</a>
     */
    private static byte[] asPkcs8(byte[] pkcs1) {
        return der(0x30, HexFormat.of().parseHex("020100300d06092a864886f70d0101010500"), der(0x04, pkcs1));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var length = BigInteger.valueOf(content.size()).toByteArray();
        var encoded = new ByteArrayOutputStream();
        encoded.write(tag);
        if (content.size() >= 0x80) {
            encoded.write(0x80 | length.length);
        }
        encoded.writeBytes(length);
        encoded.writeBytes(content.toByteArray());
        return encoded.toByteArray();
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
