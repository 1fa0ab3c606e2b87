package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.Evidence;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceParserTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "userEvidence | \"userAccount\":{\"accountName\":\"jdoe\",\"domainName\":\"contoso\",\"userPrincipalName\":\"jdoe@contoso.com\"} | ACCOUNT contoso\\jdoe, ACCOUNT jdoe@contoso.com",
                "userEvidence | \"userAccount\":{\"accountName\":\"jdoe\",\"userSid\":\"S-1-5\"} | ACCOUNT jdoe, SID S-1-5",
                "userEvidence | \"userAccount\":{\"accountName\":null,\"domainName\":\"contoso.local\",\"userSid\":\"S-1-5-21-1-2-3-1107\"} | ACCOUNT S-1-5-21-1-2-3-1107",
                "userEvidence | \"userAccount\":{\"accountName\":\"jdoe\",\"domainName\":\"contoso\",\"userSid\":\"S-1-5-21-1-2-3-1107\"} | ACCOUNT contoso\\jdoe, SID S-1-5-21-1-2-3-1107",
                "userEvidence | \"userAccount\":{\"userSid\":\"S-1-5\"} | ACCOUNT S-1-5",
                "userEvidence | \"userAccount\":null | ``",
                "deviceEvidence | \"deviceDnsName\":\"DC01.contoso.local\",\"hostName\":\"DC01\",\"lastIpAddress\":\"10.0.0.4\",\"ipInterfaces\":[\"10.0.0.4\",\"fe80::1\"],\"loggedOnUsers\":[{\"accountName\":\"adm\",\"domainName\":\"contoso\"}] | HOST DC01.contoso.local, IP_ADDRESS 10.0.0.4, IP_ADDRESS fe80::1, ACCOUNT contoso\\adm",
                "deviceEvidence | \"deviceDnsName\":null,\"hostName\":\"WS1\",\"dnsDomain\":\"contoso.local\" | HOST WS1.contoso.local",
                "deviceEvidence | \"mdeDeviceId\":\"m1\" | HOST m1",
                "ipEvidence | \"ipAddress\":\"10.1.4.7\",\"countryLetterCode\":\"US\" | IP_ADDRESS 10.1.4.7",
                "securityGroupEvidence | \"displayName\":\"Domain Admins\",\"sid\":\"S-1-5-21-512\" | GROUP Domain Admins, SID S-1-5-21-512",
                "securityGroupEvidence | \"sid\":\"S-1-5-21-512\" | GROUP S-1-5-21-512",
                "activeDirectoryDomainEvidence | \"activeDirectoryDomainName\":\"contoso.local\",\"trustedDomains\":[{\"activeDirectoryDomainName\":\"fabrikam.local\",\"trustedDomains\":[]}] | DOMAIN contoso.local, DOMAIN fabrikam.local",
                "dnsEvidence | \"domainName\":\"evil.example\",\"dnsServerIp\":\"10.0.0.4\",\"hostIpAddress\":{\"ipAddress\":\"10.0.0.5\"},\"ipAddresses\":[{\"@odata.type\":\"#microsoft.graph.security.ipEvidence\",\"ipAddress\":\"6.6.6.6\"}] | DOMAIN evil.example, IP_ADDRESS 6.6.6.6, IP_ADDRESS 10.0.0.5, IP_ADDRESS 10.0.0.4",
                "hostLogonSessionEvidence | \"account\":{\"userAccount\":{\"accountName\":\"jdoe\",\"domainName\":\"contoso\"}},\"host\":{\"deviceDnsName\":\"WS1\"},\"sessionId\":\"7\" | ACCOUNT contoso\\jdoe, HOST WS1",
                "cloudLogonSessionEvidence | \"account\":{\"@odata.type\":\"#microsoft.graph.security.userEvidence\",\"userAccount\":{\"userPrincipalName\":\"j@c.com\"}},\"deviceName\":\"WS1\" | ACCOUNT j@c.com, HOST WS1",
                "networkConnectionEvidence | \"sourceAddress\":{\"ipAddress\":\"10.0.0.1\"},\"destinationAddress\":{\"ipAddress\":\"10.0.0.2\"},\"sourcePort\":1 | IP_ADDRESS 10.0.0.1, IP_ADDRESS 10.0.0.2",
                "servicePrincipalEvidence | \"servicePrincipalName\":\"sp\",\"appId\":\"a\" | APPLICATION sp",
                "oauthApplicationEvidence | \"displayName\":\"App\",\"appId\":\"a\" | APPLICATION App",
                "cloudApplicationEvidence | \"appId\":11161 | APPLICATION 11161",
                "processEvidence | \"imageFile\":{\"fileName\":\"mimikatz.exe\"},\"userAccount\":{\"accountName\":\"jdoe\"} | PROCESS mimikatz.exe, ACCOUNT jdoe",
                "fileEvidence | \"fileDetails\":{\"fileName\":\"a.dll\",\"sha256\":\"FF\",\"sha1\":\"ee\"} | FILE a.dll, HASH ff, HASH ee",
                "fileEvidence | \"fileDetails\":{\"sha256\":\"ff\"} | HASH ff",
                "fileHashEvidence | \"algorithm\":\"sha1\",\"value\":\"EE\" | HASH ee",
                "processEvidence | \"imageFile\":{\"fileName\":\"m.exe\",\"sha1\":\"ee\"} | PROCESS m.exe, HASH ee",
                "registryKeyEvidence | \"registryKey\":\"SOFTWARE\\\\Run\" | OTHER SOFTWARE\\Run",
                "mailboxEvidence | \"primaryAddress\":\"box@contoso.com\",\"userAccount\":{\"accountName\":\"box\",\"domainName\":\"contoso\"} | ACCOUNT box@contoso.com, ACCOUNT contoso\\box",
                "urlEvidence | \"url\":\"http://malicious.example.com\" | URL http://malicious.example.com",
                "malwareEvidence | \"name\":\"WannaCry\",\"files\":[{\"fileDetails\":{\"fileName\":\"w.exe\"}}] | OTHER WannaCry, FILE w.exe",
                "gitHubUserEvidence | \"login\":\"octocat\",\"name\":\"Octo\" | ACCOUNT octocat",
                "quantumEvidence | \"userAccount\":{\"accountName\":\"jdoe\"},\"ipAddress\":\"10.0.0.1\" | ACCOUNT jdoe, IP_ADDRESS 10.0.0.1",
                "quantumEvidence | \"qubit\":{\"n\":1},\"qubitLabel\":\"q7\",\"entanglementId\":17 | OTHER 17",
                "quantumEvidence | \"qubit\":{\"n\":1} | ``",
                "quantumEvidence | \"createdDateTime\":\"2026-01-02T03:04:05Z\",\"up\":true,\"qubitLabel\":\"q7\" | OTHER q7",
                "cloudLogonRequestEvidence | \"requestId\":\"r\" | OTHER r",
                "nicEvidence | \"macAddress\":\"00:11:22:33:44:55\",\"ipAddress\":{\"ipAddress\":\"10.0.0.9\"} | OTHER 00:11:22:33:44:55, IP_ADDRESS 10.0.0.9",
                "nicEvidence | \"ipAddress\":{\"ipAddress\":\"10.0.0.9\"} | IP_ADDRESS 10.0.0.9",
                "ioTDeviceEvidence | \"deviceName\":\"plc-1\",\"ipAddress\":{\"ipAddress\":\"10.0.0.8\"},\"nics\":[{\"macAddress\":\"00:11\"}] | HOST plc-1, IP_ADDRESS 10.0.0.8, OTHER 00:11",
                "analyzedMessageEvidence | \"subject\":\"Invoice\",\"p2Sender\":{\"emailAddress\":\"a@evil.example\"},\"recipientEmailAddress\":\"j@c.com\",\"senderIp\":\"6.6.6.6\",\"urls\":[\"http://evil.example\"] | OTHER Invoice, ACCOUNT a@evil.example, ACCOUNT j@c.com, IP_ADDRESS 6.6.6.6, URL http://evil.example",
                "containerImageEvidence | \"imageId\":\"nginx:1\",\"registry\":{\"registry\":\"docker.io\"} | OTHER nginx:1, OTHER docker.io",
            })
    void findsWhoAndWhatIsInvolved(String type, String members, String entities) {
        var evidence = parse("{\"@odata.type\":\"#microsoft.graph.security.%s\",%s}".formatted(type, members));

        assertThat(evidence.type()).isEqualTo(type);
        assertThat(evidence.entities().stream().map(EvidenceParserTest::inWords).toList())
                .isEqualTo(Arrays.stream(entities.split(", ", -1))
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    @Test
    void flattensWhatTheTypeAddsAndNamesTheRest() {
        var evidence = parse("""
                {"@odata.type":"#microsoft.graph.security.deviceEvidence","createdDateTime":"2026-01-01T00:00:00Z",
                 "verdict":"suspicious","remediationStatus":"none","roles":["attacked","source"],"tags":["a","b"],
                 "osBuild":"19045","rbacGroupId":7,"vmMetadata":{"vmId":"v1","cloudProvider":null},
                 "loggedOnUsers":[{"accountName":"x","domainName":"y"}],"healthStatus":null}""");

        assertThat(evidence.verdict()).isEqualTo("suspicious");
        assertThat(evidence.remediationStatus()).isEqualTo("none");
        assertThat(evidence.roles()).containsExactly("attacked", "source");
        assertThat(evidence.details())
                .containsExactly(
                        entry("createdDateTime", "2026-01-01T00:00:00Z"),
                        entry("tags", "a, b"),
                        entry("osBuild", "19045"),
                        entry("rbacGroupId", "7"),
                        entry("vmMetadata.vmId", "v1"),
                        entry("loggedOnUsers[0].accountName", "x"),
                        entry("loggedOnUsers[0].domainName", "y"));
    }

    @Test
    void flattensNoMoreThanAPageCanShow() {
        var members = new StringBuilder("\"x\":1");
        for (var index = 0; index < 5_000; index++) {
            members.append(",\"m%d\":1".formatted(index));
        }
        assertThat(parse("{" + members + "}").details())
                .hasSize(1_001)
                .containsEntry("…", "more than 1,000 properties; the original has all");

        var deep = ("{\"" + "n".repeat(400) + "\":").repeat(20) + "1" + "}".repeat(20);
        assertThat(parse("{\"x\":" + deep + "}").details().keySet())
                .singleElement()
                .satisfies(path -> assertThat(path).hasSizeLessThan(1_100));
    }

    @Test
    void namesMembersInTextsThatEveryProgramTakes() {
        assertThat(parse("{\"a\\u0000b\":{\"\\u0000\":1}}").details()).containsExactly(entry("a\uFFFDb.\uFFFD", "1"));
    }

    @Test
    void readsTheTypeWhereAnExportCouldNotWriteIt() {
        assertThat(parse("{\"at_sign_odata_type\":\"#microsoft.graph.security.ipEvidence\",\"ipAddress\":\"1.2.3.4\"}"))
                .extracting(Evidence::type)
                .isEqualTo("ipEvidence");
    }

    @Test
    void keepsEvidenceWithoutAType() {
        var evidence = parse("{\"surprise\":{\"x\":[1,2]}}");

        assertThat(evidence.type()).isEqualTo("alertEvidence");
        assertThat(evidence.details()).containsExactly(entry("surprise.x", "1, 2"));
    }

    @Test
    void keepsEvidenceThatIsNoObjectAndPassesOverNull() {
        var alert = Parse.alertWith("\"evidence\":[null,\"odd\"]");

        assertThat(alert.evidence()).singleElement().satisfies(evidence -> assertThat(evidence.details())
                .containsExactly(entry("value", "odd")));
    }

    @Test
    void takesASingleObjectForAListOfOne() {
        assertThat(Parse.alertWith("\"evidence\":{\"@odata.type\":\"#x.ipEvidence\",\"ipAddress\":\"1.2.3.4\"}")
                        .evidence())
                .hasSize(1);
    }

    private static Evidence parse(String json) {
        return Parse.alertWith("\"evidence\":[" + json + "]").evidence().getFirst();
    }

    private static String inWords(Entity entity) {
        return entity.kind() + " " + entity.name();
    }
}
