package dev.gatehouse.simulator.entra;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate with which an application signs in, and its key. Register it with
 * {@link Application#add(X509Certificate)}.
 */
public record ClientCertificate(PrivateKey privateKey, X509Certificate certificate) {

    /** A new self-signed certificate, good for that long from a day before now. Takes a moment: RSA with 2048 bits. */
    @SuppressWarnings("JavaUtilDate") // what Bouncy Castle takes
    public static ClientCertificate selfSigned(String name, Instant now, Duration lifetime) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var keys = generator.generateKeyPair();
            var subject = new X500Name("CN=" + name);
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(lifetime)),
                    subject,
                    keys.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
            return new ClientCertificate(
                    keys.getPrivate(), new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (GeneralSecurityException | OperatorCreationException exception) {
            throw new IllegalStateException("Every JDK can make a certificate", exception);
        }
    }

    /** Whether an assertion's header names this certificate: {@code x5t} (SHA-1), {@code x5t#S256}, or hexadecimal kid. */
    static boolean isNamed(String thumbprint, X509Certificate certificate) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var sha1 = digest("SHA-1", certificate);
        // The standard asks for the alphabet of URLs without padding; msal4j sends the other, and Microsoft takes both.
        var encoded = thumbprint.replace('+', '-').replace('/', '_').replace("=", "");
        return encoded.equals(base64.encodeToString(sha1))
                || encoded.equals(base64.encodeToString(digest("SHA-256", certificate)))
                || thumbprint.toLowerCase(Locale.ROOT).equals(HexFormat.of().formatHex(sha1));
    }

    private static byte[] digest(String algorithm, X509Certificate certificate) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (GeneralSecurityException exception) {
            throw new IllegalStateException("Every JDK knows " + algorithm, exception);
        }
    }

    @Override
    public String toString() {
        return "certificate " + certificate.getSubjectX500Principal();
    }
}
