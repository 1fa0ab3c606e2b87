package dev.gatehouse.setup.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.directory.CredentialPolicy.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "P180D, P180D",
        "P4DT12H30M5S, PT108H30M5S",
        "PT8H, PT8H",
        "P6M, P181D",
        "P1Y, P365D",
        "P2W, P14D",
        "nonsense, ",
        "P, ",
        "-P3D, "
    })
    void readsLifetimesAsMicrosoftWritesThem(String text, Duration lifetime) {
        var policy = policy("{'restrictionType':'passwordLifetime','maxLifetime':'%s'}".formatted(text));

        assertThat(policy.rules(NOW, NOW).longestSecret()).isEqualTo(Optional.ofNullable(lifetime));
    }

    @Test
    void takesTheShortestAndLeavesCertificatesToTheirOwn() {
        var policy = policy("""
                {'restrictionType':'passwordLifetime','state':'enabled','maxLifetime':'P180D'},
                {'restrictionType':'passwordLifetime','maxLifetime':'P90D'}""");

        assertThat(policy.rules(NOW, NOW))
                .isEqualTo(new Rules(
                        "Hardening",
                        false,
                        Optional.of(Duration.ofDays(90)),
                        Optional.of(Duration.ofDays(365)),
                        false));
    }

    @Test
    void aRestrictionThatIsSwitchedOffDoesNotCount() {
        assertThat(policy("{'restrictionType':'passwordAddition','state':'disabled'}")
                        .rules(NOW, NOW)
                        .areSecretsForbidden())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01T00:00:00Z, true", "2026-11-23T09:00:00Z, true", "2027-01-01T00:00:00Z, false"})
    void aRestrictionHoldsForApplicationsMadeSinceItsDay(String since, boolean isForbidden) {
        var policy = policy(
                "{'restrictionType':'passwordAddition','restrictForAppsCreatedAfterDateTime':'%s'}".formatted(since));

        assertThat(policy.rules(NOW, NOW).areSecretsForbidden()).isEqualTo(isForbidden);
    }

    @Test
    void aPolicyThatIsNotEnabledRestrictsNothing() {
        var off = PretendGraph.object("{'isEnabled':false,'displayName':'Hardening'}");

        assertThat(CredentialPolicy.of(off, off)).isEqualTo(CredentialPolicy.NONE);
    }

    private static CredentialPolicy policy(String secrets) {
        var policy = PretendGraph.object("""
                {'isEnabled':true,'displayName':'Hardening','applicationRestrictions':{
                  'passwordCredentials':[%s],
                  'keyCredentials':[{'restrictionType':'asymmetricKeyLifetime','maxLifetime':'P365D'}]}}""".formatted(secrets));
        return CredentialPolicy.of(policy, policy.path("applicationRestrictions"));
    }
}
