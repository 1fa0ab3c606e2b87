package dev.gatehouse.workbench.web.frame;

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

    @ParameterizedTest
    @CsvSource({
        "userEvidence, User",
        "ipEvidence, IP address",
        "urlEvidence, URL",
        "alertEvidence, Evidence",
        "mailboxConfigurationEvidence, Mailbox configuration",
        "nicEvidence, Network adapter",
        "ioTDeviceEvidence, IoT device",
        "aiAgentEvidence, AI agent",
        "analyzedMessageEvidence, Email message",
        "cloudLogonRequestEvidence, Cloud logon request",
        "containerImageEvidence, Container image",
        "containerRegistryEvidence, Container registry",
        "mailClusterEvidence, Mail cluster",
        "sasTokenEvidence, SAS token",
        "submissionMailEvidence, Submitted email",
        "teamsMessageEvidence, Teams message",
        "dnsEvidence, DNS",
        "activeDirectoryDomainEvidence, Active Directory domain",
        "googleCloudResourceEvidence, Google Cloud resource",
        "gitHubRepoEvidence, GitHub repo",
        "oauthApplicationEvidence, OAuth application",
        "quantumStateEvidence, Quantum state",
        "Evidence, –",
    })
    void namesKindsOfEvidence(String type, String name) {
        assertThat(words.evidence(type)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "userAccount.accountName, User account · account name",
        "userAccount.userSid, User account · user SID",
        "nics[0].macAddress, Nics[0] · MAC address",
        "ioTHub.resourceId, IoT hub · resource ID",
        "ipAddress, IP address",
        "@odata.type, @odata · type",
        "'', –",
        "'a..b', A · – · b",
    })
    void readsPathsOfProperties(String path, String readable) {
        assertThat(words.property(path)).isEqualTo(readable);
    }

    @Test
    void choosesTheUnitThatFitsASize() {
        assertThat(words.size(999)).isEqualTo("999 B");
        assertThat(words.size(12_345)).isEqualTo("12 kB");
        assertThat(words.size(1_234_567)).isEqualTo("1.2 MB");
    }
}
