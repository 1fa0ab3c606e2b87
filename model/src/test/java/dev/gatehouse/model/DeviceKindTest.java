package dev.gatehouse.model;

import static dev.gatehouse.model.DeviceKind.DEFENDER_FOR_IDENTITY;
import static dev.gatehouse.model.DeviceKind.DEFENDER_XDR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceKindTest {

    @Test
    void isFoundByKeyAndByWhatMicrosoftCallsIt() {
        assertThat(DeviceKind.of("microsoft_defender_xdr")).contains(DEFENDER_XDR);
        assertThat(DeviceKind.of("Microsoft Defender for Identity")).contains(DEFENDER_FOR_IDENTITY);
        assertThat(DeviceKind.of("1password")).isEmpty();
    }

    @Test
    void aSearchFitsWhenEveryWordOccurs() {
        assertThat(DeviceKind.matching("defender")).containsExactly(DEFENDER_FOR_IDENTITY, DEFENDER_XDR);
        assertThat(DeviceKind.matching("")).containsExactly(DEFENDER_FOR_IDENTITY, DEFENDER_XDR);
        assertThat(DeviceKind.matching("Defender XDR")).containsExactly(DEFENDER_XDR);
        assertThat(DeviceKind.matching("identity defender")).containsExactly(DEFENDER_FOR_IDENTITY);
        assertThat(DeviceKind.matching("sentinel")).isEmpty();
    }

    @Test
    void whatIsKeptForAllOfATenantIsKeptForEveryPartOfIt() {
        assertThat(DeviceKind.covered(List.of(DEFENDER_FOR_IDENTITY))).containsExactly(DEFENDER_FOR_IDENTITY);
        assertThat(DeviceKind.covered(List.of(DEFENDER_XDR))).containsExactly(DEFENDER_FOR_IDENTITY, DEFENDER_XDR);
        assertThat(DeviceKind.covered(Set.of())).isEmpty();
    }
}
