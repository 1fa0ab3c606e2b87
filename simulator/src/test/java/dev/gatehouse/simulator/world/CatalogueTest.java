package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.csdl.ReferenceFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

    private final Catalogue catalogue = Catalogue.standard();

    @Test
    void isAFaithfulCopyOfTheReference() throws IOException {
        try (var copy = Objects.requireNonNull(Catalogue.class.getResourceAsStream("mdi-alerts.csv"))) {
            assertThat(new String(copy.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(ReferenceFolder.file("graph/mdi-alerts.csv")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2006 | Suspected DCSync attack (replication of directory services) | high | CredentialAccess, Persistence
            2018 | Suspected identity theft (pass-the-ticket)                  | high | LateralMovement
            2037 | Suspected NTLM relay attack (Exchange account)              | medium | LateralMovement, PrivilegeEscalation
            2406 | Suspected SMB packet manipulation (CVE-2020-0796 exploitation) | high | LateralMovement
            2030 | Data exfiltration over SMB          | high | Exfiltration, LateralMovement, CommandAndControl
            xdr_PossibleNetsyncAttack | Possible NetSync attack | high | CredentialAccess
            """)
    void straightensWhatTheDocumentsSay(String id, String title, String severity, String categories) {
        var detector = catalogue.detector(id);

        assertThat(detector.title()).isEqualTo(title);
        assertThat(detector.severity()).isEqualTo(severity);
        assertThat(String.join(", ", detector.categories())).isEqualTo(categories);
    }

    @Test
    void knowsTheNameOfEveryTechniqueItNames() {
        assertThat(catalogue.detectors()).hasSizeGreaterThan(100).allSatisfy(detector -> assertThat(
                        detector.techniques())
                .allSatisfy(
                        technique -> assertThat(catalogue.spelledOut(technique)).endsWith("(" + technique + ")")));
        assertThat(catalogue.spelledOut("T1003.006")).isEqualTo("DCSync (T1003.006)");
    }

    @Test
    void saysWhichDetectorsAreOnTheNewerEngine() {
        assertThat(catalogue.detector("xdr_OktaAnonymousUserAccess").isOnTheNewerEngine())
                .isTrue();
        assertThat(catalogue.detector("2006").isOnTheNewerEngine()).isFalse();
    }
}
