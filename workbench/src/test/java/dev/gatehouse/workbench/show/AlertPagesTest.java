package dev.gatehouse.workbench.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import org.junit.jupiter.api.Test;

class AlertPagesTest extends ScreenTest {

    @Test
    void listsAlertsWithWhatAnAnalystLooksFor() {
        receive(device("Contoso"), Feed.ALERTS, dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(open("/alerts"))
                .hasStatusOk()
                .bodyText()
                .contains("Suspected DCSync attack")
                .contains("Contoso")
                .contains("T1003.006")
                .contains("mallory")
                .contains("Credential Access");
    }

    static String dcSync(String id, String title, String severity) {
        return """
                {"@odata.type":"#microsoft.graph.security.alert","id":"%s","providerAlertId":"p-%s","incidentId":"28282",
                 "status":"new","severity":"%s","classification":"unknown","determination":"unknown",
                 "serviceSource":"microsoftDefenderForIdentity","detectionSource":"microsoftDefenderForIdentity",
                 "productName":"Microsoft Defender for Identity","detectorId":"xdr_DcSync",
                 "title":"%s","description":"An actor replicated directory secrets.",
                 "recommendedActions":"1. Disable the account.","category":"CredentialAccess",
                 "assignedTo":null,"alertWebUrl":"https://security.microsoft.com/alerts/%s",
                 "mitreTechniques":["T1003.006"],
                 "createdDateTime":"2026-11-23T11:50:00.1234567Z","lastUpdateDateTime":"2026-11-23T11:55:00Z",
                 "firstActivityDateTime":"2026-11-23T11:40:00Z","lastActivityDateTime":"2026-11-23T11:45:00Z",
                 "comments":[],
                 "evidence":[
                  {"@odata.type":"#microsoft.graph.security.userEvidence","verdict":"suspicious",
                   "remediationStatus":"none","roles":["attacker"],
                   "userAccount":{"accountName":"mallory","domainName":"contoso","userPrincipalName":"mallory@contoso.com"}},
                  {"@odata.type":"#microsoft.graph.security.deviceEvidence","verdict":"unknown",
                   "remediationStatus":"none","roles":["attacked"],"hostName":"DC01","deviceDnsName":"DC01.contoso.local"},
                  {"@odata.type":"#microsoft.graph.security.ipEvidence","roles":["source"],"ipAddress":"10.1.4.7"}]}
                """.formatted(id, id, severity, title, id);
    }
}
