package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.VendorAlert;
import org.junit.jupiter.api.Test;

/** What joins vendor alerts: the same for the same thing, whichever process looks, and different for different ones. */
class JoinKeyTest {

    private static final RuleId RULE = new RuleId("some-rule");

    private static String key(JoinBy by, VendorAlert alert) {
        return JoinKey.of(RULE, by, alert).value();
    }

    @Test
    void isTheAccountInSmallLetters() {
        var alert = VendorAlertExamples.alert("'evidence':[%s]".formatted(VendorAlertExamples.user("JDoe")));

        assertThat(key(JoinBy.ACCOUNT, alert)).isEqualTo("some-rule account contoso\\jdoe");
    }

    @Test
    void isWhoDidItAndNotWhoWasHit() {
        var alert = VendorAlertExamples.alert("'evidence':[%s,%s]"
                .formatted(
                        VendorAlertExamples.user("victim", "attacked"),
                        VendorAlertExamples.user("mallory", "attacker")));

        assertThat(key(JoinBy.ACCOUNT, alert)).isEqualTo("some-rule account contoso\\mallory");
    }

    @Test
    void isTheHostOrTheVendorIncident() {
        var alert = VendorAlertExamples.alert(
                "'incidentId':'77'", "'evidence':[%s]".formatted(VendorAlertExamples.host("DC01.contoso.local")));

        assertThat(key(JoinBy.HOST, alert)).isEqualTo("some-rule host dc01.contoso.local");
        assertThat(key(JoinBy.VENDOR_INCIDENT, alert)).isEqualTo("some-rule vendor_incident 77");
    }

    @Test
    void joinsNothingWithoutWhatItIsToBeJoinedBy() {
        var alert = VendorAlertExamples.alert();

        assertThat(key(JoinBy.NONE, alert)).isEqualTo("some-rule vendor_alert da1");
        assertThat(key(JoinBy.ACCOUNT, alert)).isEqualTo("some-rule vendor_alert da1");
        assertThat(key(JoinBy.VENDOR_INCIDENT, alert)).isEqualTo("some-rule vendor_alert da1");
    }

    @Test
    void staysShortAndDifferentForLongNames() {
        var one = VendorAlertExamples.alert("'evidence':[%s]".formatted(VendorAlertExamples.user("a".repeat(3_000))));
        var other = VendorAlertExamples.alert("'evidence':[%s]".formatted(VendorAlertExamples.user("a".repeat(3_001))));

        assertThat(key(JoinBy.ACCOUNT, one)).hasSizeLessThan(500).isNotEqualTo(key(JoinBy.ACCOUNT, other));
    }
}
