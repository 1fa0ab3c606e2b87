package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.testing.Reference;
import dev.gatehouse.model.DeviceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    private final Selection selection = Selection.ofDefenderForIdentity();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"serviceSource\":\"microsoftDefenderForIdentity\"",
                "\"serviceSource\":\"MicrosoftDefenderForIdentity\"",
                "\"serviceSource\":\"microsoft365Defender\",\"detectionSource\":\"microsoftDefenderForIdentity\"",
                "\"serviceSource\":\"microsoft365Defender\",\"productName\":\"Microsoft Defender for Identity\"",
                "\"serviceSource\":\"microsoft365Defender\",\"detectorId\":\"xdr_OktaAnonymousUserAccess\"",
                "\"serviceSource\":\"unknownFutureValue\",\"detectorId\":\"XDR_oktaanonymoususeraccess\"",
            })
    void keepsAnAlertWithAnyOneSign(String members) {
        var alert = Parse.alertWith(members);

        assertThat(selection.keeps(alert, Set.of(DeviceKind.DEFENDER_FOR_IDENTITY)))
                .isTrue();
        assertThat(selection.kindsOf(alert)).containsExactly(DeviceKind.DEFENDER_FOR_IDENTITY, DeviceKind.DEFENDER_XDR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"title\":\"Microsoft Defender for Identity\"",
                "\"serviceSource\":\"microsoftDefenderForEndpoint\",\"detectionSource\":\"antivirus\",\"detectorId\":\"\"",
                "\"serviceSource\":\"microsoft365Defender\",\"detectorId\":\"xdr_SomethingElse\"",
            })
    void leavesOutTheRestUnlessADeviceWantsAll(String members) {
        var alert = Parse.alertWith(members);

        assertThat(selection.keeps(alert, Set.of(DeviceKind.DEFENDER_FOR_IDENTITY)))
                .isFalse();
        assertThat(selection.keeps(alert, Set.of(DeviceKind.DEFENDER_XDR))).isTrue();
        assertThat(selection.keeps(alert, Set.of(DeviceKind.DEFENDER_FOR_IDENTITY, DeviceKind.DEFENDER_XDR)))
                .isTrue();
        assertThat(selection.kindsOf(alert)).containsExactly(DeviceKind.DEFENDER_XDR);
    }

    @Test
    void keepsNothingForNobody() {
        assertThat(selection.keeps(Parse.alertWith("\"serviceSource\":\"microsoftDefenderForIdentity\""), Set.of()))
                .isFalse();
    }

    @Test
    void theCatalogueIsTheOneInTheReference() throws IOException {
        try (var copy = Selection.class.getResourceAsStream("mdi-alerts.csv")) {
            assertThat(new String(Objects.requireNonNull(copy).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Reference.text("graph/mdi-alerts.csv"));
        }
    }
}
