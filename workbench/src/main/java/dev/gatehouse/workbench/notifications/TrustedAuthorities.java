package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose certificates of receivers are trusted: those of the platform's authorities, and of the operator's. */
@Component
class TrustedAuthorities {

    private final SSLContext tls;

    TrustedAuthorities(Settings settings) {
        this.tls = trusting(settings.notifications().caCertificate());
    }

    SSLContext tls() {
        return tls;
    }

    /** TLS that trusts the platform's authorities, and those of a file if there is one. */
    private static SSLContext trusting(String file) {
        try {
            if (file.isBlank()) {
                return SSLContext.getDefault();
            }
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var manager : managers(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager usual) {
                    for (var authority : usual.getAcceptedIssuers()) {
                        store.setCertificateEntry("platform-" + store.size(), authority);
                    }
                }
            }
            try (var pem = Files.newInputStream(Path.of(file.strip()))) {
                for (var authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                    store.setCertificateEntry("operator-" + store.size(), authority);
                }
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(store).getTrustManagers(), null);
            return context;
        } catch (CertificateException | IOException e) {
            throw new InvalidSetting(
                    "gatehouse.notifications.ca-certificate: %s is not a PEM file with certificates that can be read (%s)."
                            .formatted(file, e.getMessage()),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform cannot set up TLS", e);
        }
    }

    private static TrustManagerFactory managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers;
    }
}
