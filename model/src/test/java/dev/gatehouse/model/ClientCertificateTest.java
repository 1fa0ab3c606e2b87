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
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificateTest {

    private static ClientCertificate made;
    private static String certificate;
    private static String key;
    private static String anotherCertificate;

    @BeforeAll
    static void make(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        made = made(folder.resolve("store.p12"));
        certificate = made.publicPem();
        key = made.reveal().substring(certificate.length());
        anotherCertificate = made(folder.resolve("another.p12")).publicPem();
    }

    /** The JDK's own tool, since the JDK offers no other way to make a certificate. */
    private static ClientCertificate made(Path store)
            throws IOException, InterruptedException, GeneralSecurityException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var log = store.resolveSibling("log");
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
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(ended).as(Files.readString(log)).isZero();
        var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        return new ClientCertificate((X509Certificate) keys.getCertificate("expel"), (PrivateKey)
                keys.getKey("expel", "changeit".toCharArray()));
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
    void readsTheKeyByItsContentWhateverTheLabelSays() {
        // PKCS#8 of a key of 2048 bits has 26 bytes before the PKCS#1 that it wraps.
        var whole = made.revealKey().getEncoded();
        var pkcs1 = Base64.getMimeEncoder().encodeToString(Arrays.copyOfRange(whole, 26, whole.length));

        assertThat(ClientCertificate.parse(certificate + block("PRIVATE KEY", pkcs1)))
                .isEqualTo(made);
        assertThat(ClientCertificate.parse(block("RSA PRIVATE KEY", pkcs1) + certificate))
                .isEqualTo(made);
        assertThat(ClientCertificate.parse(certificate + key.replace("PRIVATE", "RSA PRIVATE")))
                .isEqualTo(made);
    }

    @Test
    void findsTheCertificateOfTheKeyInAChainInAnyOrder() {
        assertThat(ClientCertificate.parse(anotherCertificate + key + certificate))
                .isEqualTo(made);
        assertThat(ClientCertificate.parse(certificate + anotherCertificate + key))
                .isEqualTo(made);
    }

    @Test
    void readsWhatAVariableOrAFormMadeOfTheLineBreaks() {
        assertThat(ClientCertificate.parse(
                        "\uFEFFBag Attributes\r\n" + made.reveal().replace("\n", "\r\n")))
                .isEqualTo(made);
        assertThat(ClientCertificate.parse(made.reveal().replace("\n", "\\n"))).isEqualTo(made);
        assertThat(ClientCertificate.parse(made.reveal().replace('\n', ' '))).isEqualTo(made);
    }

    private static String block(String label, String content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, content, label);
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
        var anothers = block("PRIVATE KEY", Base64.getEncoder().encodeToString(another.getEncoded()));

        assertThatThrownBy(() -> ClientCertificate.parse(key)).hasMessageContaining("There is no certificate");
        assertThatThrownBy(() -> ClientCertificate.parse(certificate)).hasMessageContaining("There is no private key");
        assertThatThrownBy(() -> ClientCertificate.parse(certificate + anothers))
                .hasMessageContaining("does not belong to the certificate");
        assertThatThrownBy(() -> ClientCertificate.parse(certificate + key + anothers))
                .hasMessageContaining("There are 2 private keys");
        assertThatThrownBy(() -> ClientCertificate.parse(certificate + key.replace("PRIVATE", "ENCRYPTED PRIVATE")))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        assertThatThrownBy(() -> ClientCertificate.parse(
                        certificate + "-----BEGIN PRIVATE KEY-----\nMIIBVQ==\n-----END PRIVATE KEY-----\n"))
                .hasMessageContaining("The private key cannot be read")
                .hasMessageNotContaining("MIIBVQ");
    }
}
