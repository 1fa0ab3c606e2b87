package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificateTest {

    private static ClientCertificate made;
    private static String certificate;
    private static String key;

    /** The JDK's own tool, since the JDK offers no other way to make a certificate. */
    @BeforeAll
    static void make(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var store = folder.resolve("store.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var ended = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "expel",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "730",
                        "-dname",
                        "CN=Expel API",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();
        assertThat(ended).as(Files.readString(folder.resolve("log"))).isZero();
        var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        made = new ClientCertificate((X509Certificate) keys.getCertificate("expel"), (PrivateKey)
                keys.getKey("expel", "changeit".toCharArray()));
        certificate = made.publicPem();
        key = made.reveal().substring(certificate.length());
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // what certificates give
    void readsCertificateAndKeyInEitherOrderAndWritesThemAgain() {
        assertThat(ClientCertificate.parse(key + "\n" + certificate)).isEqualTo(made);
        assertThat(Credential.parse(made.reveal())).isEqualTo(made);
        assertThat(made.expires()).isEqualTo(made.certificate().getNotAfter().toInstant());
        assertThat(made.thumbprint()).matches("[0-9A-F]{40}");
    }

    @Test
    void whatIsNoPemIsAClientSecret() {
        assertThat(Credential.parse("abc8Q~value")).isEqualTo(new ClientSecret("abc8Q~value"));
    }

    @Test
    void printsNothingOfTheKey() {
        assertThat(made.publicPem()).contains("BEGIN CERTIFICATE").doesNotContain("PRIVATE");
        assertThat(made).hasToString("certificate " + made.thumbprint());
    }

    @Test
    void saysWhatIsMissingOrWrongWithoutRepeatingIt() throws GeneralSecurityException {
        var another = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        var anothers = "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(Base64.getEncoder().encodeToString(another.getEncoded()));

        assertThatThrownBy(() -> ClientCertificate.parse(key)).hasMessageContaining("There is no certificate");
        assertThatThrownBy(() -> ClientCertificate.parse(certificate)).hasMessageContaining("There is no private key");
        assertThatThrownBy(() -> ClientCertificate.parse(certificate + anothers))
                .hasMessageContaining("does not belong to the certificate");
        assertThatThrownBy(() -> ClientCertificate.parse(certificate + key.replace("PRIVATE", "RSA PRIVATE")))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        assertThatThrownBy(() -> ClientCertificate.parse(
                        certificate + "-----BEGIN PRIVATE KEY-----\nMIIBVQ==\n-----END PRIVATE KEY-----\n"))
                .hasMessageContaining("The private key cannot be read")
                .hasMessageNotContaining("MIIBVQ");
    }
}
