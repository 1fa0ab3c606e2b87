package dev.gatehouse.workbench.web;

/** Records as Microsoft sends them, for tests of what is shown. */
public final class Originals {

    private Originals() {}

    /** A vendor incident; with a redirect, one that was merged into another. */
    public static String incident(String id, String name, String redirect) {
        return """
                {"id":"%s","displayName":"%s","severity":"high","status":"%s","redirectIncidentId":%s,
                 "classification":"unknown","determination":"unknown","assignedTo":null,"description":"They belong together.",
                 "incidentWebUrl":"https://security.microsoft.com/incidents/%s","customTags":["crown jewels"],"systemTags":[],
                 "createdDateTime":"2026-11-23T11:00:00Z","lastUpdateDateTime":"2026-11-23T11:30:00Z","comments":[]}""".formatted(
                        id,
                        name,
                        redirect.isEmpty() ? "active" : "redirected",
                        redirect.isEmpty() ? "null" : "\"" + redirect + "\"",
                        id);
    }

    /** A vendor alert with evidence of an account, a host and an address. */
    public static String dcSync(String id, String title, String severity) {
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
                 "comments":[{"comment":"Looks real.","createdByDisplayName":"Ben",
                              "createdDateTime":"2026-11-23T11:54:00Z"}],
                 "evidence":[
                  {"@odata.type":"#microsoft.graph.security.userEvidence","verdict":"suspicious",
                   "remediationStatus":"none","roles":["attacker"],
                   "userAccount":{"accountName":"mallory","domainName":"contoso","userPrincipalName":"mallory@contoso.com"}},
                  {"@odata.type":"#microsoft.graph.security.deviceEvidence","verdict":"unknown",
                   "remediationStatus":"none","roles":["attacked"],"hostName":"DC01","deviceDnsName":"DC01.contoso.local"},
                  {"@odata.type":"#microsoft.graph.security.ipEvidence","roles":["source"],"ipAddress":"10.1.4.7"}]}
                """.formatted(id, id, severity, title, id);
    }

    /** A row of the hunting table of sign-ins. */
    public static String logon(int number) {
        return """
                {"Timestamp":"2026-11-23T10:00:%02dZ","ActionType":"LogonSuccess","AccountName":"mallory",
                 "AccountUpn":"mallory@contoso.com","DeviceName":"dc01","IPAddress":"10.1.4.7","ReportId":"r%d"}""".formatted(number % 60, number);
    }
}
