package dev.gatehouse.intake.http;

import dev.gatehouse.model.Cloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a cloud's connections trust. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * TLS that trusts a cloud's own certificates and nobody else, or the platform's when it has none.
     *
     * @throws IllegalArgumentException when the cloud's PEM text holds no readable certificate
     */
    static SSLContext of(Cloud cloud) {
        try {
            if (cloud.trustedCertificates().isEmpty()) {
                return SSLContext.getDefault();
            }
            var context = SSLContext.getInstance("TLS");
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keyStore(cloud, cloud.trustedCertificates().get()));
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java platform cannot set up TLS", e);
        }
    }

    private static KeyStore keyStore(Cloud cloud, String pem) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(unreadable(cloud), e);
        }
        if (store.size() == 0) {
            throw new IllegalArgumentException(unreadable(cloud));
        }
        return store;
    }

    private static String unreadable(Cloud cloud) {
        return "Cloud %s: the CA certificate is not PEM text with at least one certificate. Check the configured file."
                .formatted(cloud.name());
    }
}
