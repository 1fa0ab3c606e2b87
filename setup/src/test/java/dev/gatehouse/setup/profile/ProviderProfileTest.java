package dev.gatehouse.setup.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.OrganizationGuid;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderProfileTest {

    @Test
    void expelsProfileSaysWhatTheGuideSays() {
        var expel = ProviderProfile.expel();

        assertThat(expel.tenantId()).hasToString("1cde81fd-b430-4035-b24d-709921922876");
        assertThat(expel.guest())
                .isEqualTo(new ProviderProfile.GuestProfile("soc.expel.io", "Expel SOC", EntraRole.GLOBAL_READER));
        assertThat(expel.trust()).isEqualTo(new ProviderProfile.TrustProfile(true, true, true, true));
        assertThat(expel.application().displayName()).isEqualTo("Expel Defender for Identity");
        assertThat(expel.application().secretDescription()).isEqualTo("Expel API");
        assertThat(expel.application().secretLifetime()).isEqualTo(Duration.ofDays(730));
        assertThat(expel.application().applicationPermissions())
                .containsExactly(
                        "SecurityAlert.Read.All",
                        "SecurityEvents.Read.All",
                        "ThreatHunting.Read.All",
                        "SecurityIncident.Read.All");
        assertThat(expel.application().delegatedPermissions()).containsExactly("User.Read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | needs a text at /provider",
                "{\"provider\":\"X\",\"tenantId\":\"x\"} | needs a GUID at /tenantId",
                "{\"application\":{\"rotateItself\":true}} | has a field /application/rotateItself, which means nothing",
                "nonsense | is not JSON: line 1, column"
            })
    void aProfileThatIsWrongSaysWhere(String json, String complaint) {
        assertThatThrownBy(() -> ProviderProfile.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not a domain | Global Reader | needs a domain such as soc.example.com at /guest/domain",
                "soc.expel.io | Global Raeder | needs one of the roles Global Administrator",
                "soc.expel.io | Global Raeder | at /guest/role"
            })
    void aGuestThatCannotBeSaysWhy(String domain, String role, String complaint) {
        assertThatThrownBy(() -> ProviderProfile.parse("""
                {"provider": "X", "tenantId": "1cde81fd-b430-4035-b24d-709921922876",
                 "guest": {"domain": "%s", "displayName": "X", "role": "%s"}}
                """.formatted(domain, role)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a123bc45-aa12-123b", " 1CDE81FD-b430-4035-b24d-709921922876 "})
    void takesOrganizationGuidsAsTheGuideWritesThem(String text) {
        assertThat(new OrganizationGuid(text).value()).matches("[0-9a-f-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "contoso", "a@b", "a123bc45", "x' or '1' eq '1"})
    void refusesOrganizationGuidsThatAreNone(String text) {
        assertThatThrownBy(() -> new OrganizationGuid(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
