package dev.gatehouse.workbench.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private final Words words = new Words();

    @ParameterizedTest
    @CsvSource({
        "inProgress, In progress",
        "new, New",
        "UPDATED_SECRETS, Updated secrets",
        "set_up_later, Set up later",
        "someStateOfTomorrow, Some state of tomorrow",
        "'', –"
    })
    void makesMicrosoftsWordsReadable(String word, String readable) {
        assertThat(words.of(word)).isEqualTo(readable);
    }

    @Test
    void writesTacticsAsMitreDoes() {
        assertThat(words.tactic("CredentialAccess")).isEqualTo("Credential Access");
    }

    @Test
    void callsProductsByTheNameTheyAreSoldUnder() {
        assertThat(words.product("microsoftDefenderForIdentity")).isEqualTo("Microsoft Defender for Identity");
        assertThat(words.product("productOfTomorrow")).isEqualTo("Product of tomorrow");
    }

    @Test
    void givesNewSeveritiesTheColourOfUnknownOnes() {
        assertThat(words.severityClass("High")).isEqualTo("high");
        assertThat(words.severityClass("apocalyptic")).isEqualTo("unknown");
    }

    @Test
    void namesKindsOfEvidence() {
        assertThat(words.evidence("userEvidence")).isEqualTo("User");
        assertThat(words.evidence("ipEvidence")).isEqualTo("IP address");
        assertThat(words.evidence("mailboxConfigurationEvidence")).isEqualTo("Mailbox configuration");
    }

    @Test
    void readsPathsOfProperties() {
        assertThat(words.property("userAccount.accountName")).isEqualTo("User account · account name");
    }

    @Test
    void choosesTheUnitThatFitsASize() {
        assertThat(words.size(999)).isEqualTo("999 B");
        assertThat(words.size(12_345)).isEqualTo("12 kB");
        assertThat(words.size(1_234_567)).isEqualTo("1.2 MB");
    }
}
