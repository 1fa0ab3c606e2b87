package dev.gatehouse.intake.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.diagnose.EntraCodes.Way;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every number that is known to us, for whoever signs in, with whatever status. */
class EntraCodesTest {

    private static final String WORDS = "Words of Microsoft's.";
    private static final Connection WITH_SECRET = Answers.connection("Ab8Q~value");
    private static Connection withCertificate = WITH_SECRET;

    @BeforeAll
    static void make(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        withCertificate = new Connection(
                WITH_SECRET.tenant(),
                WITH_SECRET.application(),
                certificate(folder.resolve("store.p12")),
                Cloud.GLOBAL);
    }

    @Test
    void eachKnownCodeHasOneMeaningForEachCredentialWhateverTheStatus() {
        for (var number : EntraCodes.known()) {
            for (var connection : List.of(WITH_SECRET, withCertificate)) {
                var told = new ArrayList<Diagnosis>();
                for (var status : new int[] {400, 401, 403, 429, 500, 503}) {
                    told.add(EntraDiagnosis.of(Answers.answer(status, body(number)), connection));
                }
                var what = "AADSTS%d with %s"
                        .formatted(number, connection.credential().getClass().getSimpleName());
                var isAboutAdministratorsOnly =
                        EntraCodes.explain(number, wayOf(connection)).isEmpty();
                assertThat(told.subList(0, isAboutAdministratorsOnly ? 3 : told.size()))
                        .extracting(diagnosis -> diagnosis.trouble() + diagnosis.cause() + diagnosis.cure())
                        .as(what)
                        .containsOnly(told.getFirst().trouble()
                                + told.getFirst().cause()
                                + told.getFirst().cure());
                assertThatItReadsWell(told.getFirst(), what);
                assertThat(told.getFirst().code()).as(what).contains("AADSTS" + number);
            }
        }
    }

    @Test
    void everyTextAboutACredentialIsAboutTheOneThatIsThere() {
        for (var number : EntraCodes.known()) {
            var ofSecret = EntraDiagnosis.of(Answers.answer(401, body(number)), WITH_SECRET);
            var ofCertificate = EntraDiagnosis.of(Answers.answer(401, body(number)), withCertificate);

            if (number != 700025) {
                assertThat(textOf(ofSecret)).as("AADSTS" + number).doesNotContain("certificate");
                assertThat(textOf(ofCertificate)).as("AADSTS" + number).doesNotContain("secret");
            }
            assertThat(ofSecret.trouble())
                    .as("AADSTS" + number)
                    .isNotIn(Trouble.BAD_CERTIFICATE, Trouble.CERTIFICATE_EXPIRED);
            assertThat(ofCertificate.trouble())
                    .as("AADSTS" + number)
                    .isNotIn(Trouble.BAD_SECRET, Trouble.SECRET_EXPIRED, Trouble.SECRET_ID_NOT_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"DEVICE_CODE", "BROWSER"})
    void eachKnownCodeIsExplainedToAnAdministratorAsWell(Way way) {
        for (var number : EntraCodes.known()) {
            var told = EntraDiagnosis.ofAdministrator("AADSTS%d: %s".formatted(number, WORDS), administrator(way));

            assertThatItReadsWell(told, "AADSTS%d for an administrator".formatted(number));
            assertThat(told.code()).contains("AADSTS" + number);
            assertThat(textOf(told))
                    .as("AADSTS" + number)
                    .doesNotContain("client secret", "the device's", "gatehouse tries again", "gatehouse waits");
        }
    }

    /** Portal pages have names with both words in them; those are no text about a credential. */
    private static String textOf(Diagnosis diagnosis) {
        return (diagnosis.cause() + " " + diagnosis.cure())
                .replace("Certificates & secrets", "")
                .toLowerCase(Locale.ROOT);
    }

    private static void assertThatItReadsWell(Diagnosis diagnosis, String what) {
        assertThat(diagnosis.cause()).as(what).isNotBlank().endsWith(".").doesNotContain("{", "null", "  ", "..");
        assertThat(diagnosis.cure()).as(what).isNotBlank().endsWith(".").doesNotContain("{", "null", "  ", "..");
    }

    @ParameterizedTest
    @CsvSource({
        "700027, BAD_CERTIFICATE", "700024, BAD_CERTIFICATE", "500133, BAD_CERTIFICATE", "700023, BAD_CERTIFICATE",
        "7000213, BAD_CERTIFICATE", "7000215, BAD_CERTIFICATE", "7000222, BAD_CERTIFICATE", "7000218, BAD_CERTIFICATE",
        "1000502, CERTIFICATE_EXPIRED", "53003, BLOCKED_BY_POLICY", "700016, BAD_APPLICATION"
    })
    void tellsADeviceWithACertificateWhatIsWrongWithIt(int number, Trouble trouble) {
        assertThat(EntraDiagnosis.of(Answers.answer(401, body(number)), withCertificate)
                        .trouble())
                .isEqualTo(trouble);
    }

    // Cases that were reported in public

    @Test
    void aDirectoryThatIsBlockedForInactivityHasToBeReactivatedByItsOwner() {
        var told = EntraDiagnosis.of(Answers.answer(400, body(5000225)), WITH_SECRET);

        assertThat(told.trouble()).isEqualTo(Trouble.BAD_TENANT);
        assertThat(told.cause()).contains("blocked", "nobody has used it for a long time");
        assertThat(told.cure()).contains("owner has to reactivate");
    }

    @Test
    void aCertificatesChainThatIsNotTrustedIsAboutTheCertificate() {
        var told = EntraDiagnosis.of(Answers.answer(401, body(7000213)), withCertificate);

        assertThat(told.trouble()).isEqualTo(Trouble.BAD_CERTIFICATE);
        assertThat(told.cause()).contains("chain of the certificate");
        assertThat(told.cure()).contains("Upload the device's certificate");
    }

    @Test
    void whereTheDeviceCodeIsForbiddenTheBrowserIsNamed() {
        var words = "AADSTS53003: Access has been blocked by Conditional Access policies. Trace ID: x";

        var byCode = EntraDiagnosis.ofAdministrator(words, administrator(Way.DEVICE_CODE));
        var byBrowser = EntraDiagnosis.ofAdministrator(words, administrator(Way.BROWSER));

        assertThat(byCode.cause()).contains("device code", "blocked by Conditional Access policies");
        assertThat(byCode.cure()).contains("gatehouse tenant … --browser");
        assertThat(byBrowser.cause() + byBrowser.cure()).doesNotContain("device code", "--browser");
    }

    // What is not known

    @ParameterizedTest
    @CsvSource({
        "invalid_client, 400", "invalid_client, 401", "invalid_client, 403", "unauthorized_client, 400",
        "invalid_grant, 400", "interaction_required, 401", "invalid_request, 403", "anything, 400"
    })
    void aNumberThatIsNotKnownToUsIsSaidToBeSoWithMicrosoftsWordsAndWithoutAGuess(String error, int status) {
        for (var connection : List.of(WITH_SECRET, withCertificate)) {
            var told = EntraDiagnosis.of(Answers.answer(status, body(error, 7999999)), connection);

            assertThat(told.trouble()).isEqualTo(Trouble.REQUEST_REFUSED);
            assertThat(told.cause())
                    .isEqualTo(
                            "Entra refused the sign-in with AADSTS7999999, which is not known to us. Microsoft says: AADSTS7999999: "
                                    + WORDS);
            assertThat(textOf(told)).doesNotContain("secret", "certificate");
        }
        var administrator = EntraDiagnosis.ofAdministrator("AADSTS7999999: " + WORDS, administrator(Way.DEVICE_CODE));
        assertThat(administrator.cause()).contains("not known to us", WORDS);
    }

    @Test
    void anAdministratorsTroubleWithoutANumberIsToldInItsOwnWords() {
        var told = EntraDiagnosis.ofAdministrator("No answer came", administrator(Way.BROWSER));

        assertThat(told.cause()).isEqualTo("Microsoft says: No answer came");
    }

    @Test
    void theTellingNumberIsFoundInsideAGeneralOne() {
        var body =
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS70002: Error validating credentials. AADSTS50012: Client assertion contains an invalid signature.\",\"error_codes\":[70002,50012]}";

        var told = EntraDiagnosis.of(Answers.answer(401, body), withCertificate);

        assertThat(told.trouble()).isEqualTo(Trouble.BAD_CERTIFICATE);
        assertThat(told.code()).contains("AADSTS50012");
    }

    private static EntraDiagnosis.Administrator administrator(Way way) {
        return new EntraDiagnosis.Administrator(
                WITH_SECRET.tenant(), WITH_SECRET.application(), Cloud.GLOBAL, way == Way.DEVICE_CODE);
    }

    private static Way wayOf(Connection connection) {
        return connection.equals(WITH_SECRET) ? Way.SECRET : Way.CERTIFICATE;
    }

    private static String body(int number) {
        return body(Set.of(90055, 90024).contains(number) ? "temporarily_unavailable" : "invalid_client", number);
    }

    private static String body(String error, int number) {
        return "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: %s\",\"error_codes\":[%d],\"trace_id\":\"trace\"}"
                .formatted(error, number, WORDS, number);
    }

    /** The JDK's own tool, since the JDK offers no other way to make a certificate. */
    private static ClientCertificate certificate(Path store)
            throws IOException, InterruptedException, GeneralSecurityException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var log = store.resolveSibling("log");
        var command =
                "%s -genkeypair -alias it -keyalg RSA -keysize 2048 -validity 73000 -dname CN=It -storetype PKCS12 -keystore %s -storepass changeit"
                        .formatted(tool, store);
        var ended = new ProcessBuilder(List.of(command.split(" ", -1)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(ended).as(Files.readString(log)).isZero();
        var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        return new ClientCertificate(
                (X509Certificate) keys.getCertificate("it"), (PrivateKey) keys.getKey("it", "changeit".toCharArray()));
    }
}
