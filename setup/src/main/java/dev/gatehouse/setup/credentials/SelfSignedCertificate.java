package dev.gatehouse.setup.credentials;

import dev.gatehouse.model.ClientCertificate;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a key pair and a certificate that vouches for itself, which is all that Microsoft Entra asks for. */
final class SelfSignedCertificate {

    private static final int KEY_BITS = 3072;

    /** Clocks differ a little, and a certificate must not be from the future. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private SelfSignedCertificate() {}

    @SuppressWarnings("JavaUtilDate") // what Bouncy Castle takes
    static ClientCertificate certificate(String name, Instant now, Instant end) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            var keys = generator.generateKeyPair();
            var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(now.minus(EARLIER)),
                    Date.from(end),
                    subject,
                    keys.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
            return new ClientCertificate(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Every Java platform can make an RSA certificate", e);
        }
    }
}
