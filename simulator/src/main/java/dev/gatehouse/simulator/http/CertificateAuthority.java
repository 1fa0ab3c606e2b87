package dev.gatehouse.simulator.http;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs the simulator's server certificate. Made afresh at every start; its key never leaves the process. */
public final class CertificateAuthority {

    private static final X500Name NAME = new X500Name("CN=Gatehouse simulator CA,O=Gatehouse");
    private static final X500Name SERVER = new X500Name("CN=localhost,O=Gatehouse simulator");
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Instant now;

    private CertificateAuthority(KeyPair keys, X509Certificate certificate, Instant now) {
        this.keys = keys;
        this.certificate = certificate;
        this.now = now;
    }

    /**
     * A new authority with a new key.
     *
     * @param now the machine's time, not the simulator's: TLS clients check certificates by their own clock
     */
    public static CertificateAuthority create(Instant now) {
        try {
            var keys = ellipticCurveKeys();
            var extensions = new JcaX509ExtensionUtils();
            var builder = builder(NAME, NAME, keys, now)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(keys.getPublic()));
            return new CertificateAuthority(keys, sign((JcaX509v3CertificateBuilder) builder, keys), now);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException exception) {
            throw new IllegalStateException("Every JDK can make a certificate", exception);
        }
    }

    /** TLS for a server on {@code localhost}, 127.0.0.1 and ::1. */
    public SSLContext serverContext() {
        try {
            var server = ellipticCurveKeys();
            var extensions = new JcaX509ExtensionUtils();
            var names = new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.iPAddress, "::1")
            });
            var builder = builder(NAME, SERVER, server, now)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions.createAuthorityKeyIdentifier(certificate));
            var signed = sign((JcaX509v3CertificateBuilder) builder, keys);
            return context(server, signed);
        } catch (GeneralSecurityException | OperatorCreationException | IOException exception) {
            throw new IllegalStateException("Every JDK can make a certificate", exception);
        }
    }

    private SSLContext context(KeyPair server, X509Certificate signed) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", server.getPrivate(), new char[0], new X509Certificate[] {signed, certificate});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** What clients have to trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** What clients have to trust, as PEM text. */
    public String certificatePem() {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        } catch (IOException exception) {
            throw new UncheckedIOException("Memory cannot fail to be written", exception);
        }
        return text.toString();
    }

    private static KeyPair ellipticCurveKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys, Instant now) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, new SecureRandom()),
                date(now.minus(Duration.ofDays(1))),
                date(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
    }

    @SuppressWarnings("JavaUtilDate") // what Bouncy Castle takes
    private static Date date(Instant instant) {
        return Date.from(instant);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }
}
