package dev.gatehouse.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Writes alerts of one length, as {@code microsoft.graph.security.alert}, without any that is like another. */
final class CannedAlert {

    /** How long the text of each alert is. */
    static final int BYTES = 5_800;

    private static final List<Kind> KINDS = List.of(
            new Kind("xdr_2006", "Suspected DCSync attack (replication of directory services)", "high", "T1003.006"),
            new Kind("xdr_2003", "Account enumeration reconnaissance", "medium", "T1087.002"),
            new Kind("xdr_2004", "Suspected Brute Force attack (LDAP)", "medium", "T1110.001"),
            new Kind("xdr_2007", "Network-mapping reconnaissance (DNS)", "medium", "T1046"),
            new Kind("xdr_2012", "User and IP address reconnaissance (SMB)", "medium", "T1049"),
            new Kind("xdr_2009", "Suspected Golden Ticket usage (encryption downgrade)", "medium", "T1558.001"));

    private static final String BEFORE = """
            {"@odata.type":"#microsoft.graph.security.%s","createdDateTime":"%s","verdict":"suspicious",\
            "remediationStatus":"none","remediationStatusDetails":null,"roles":["%s"],"detailedRoles":[],"tags":[],\
            """;

    private static final String HOST = """
            "firstSeenDateTime":"%3$s","mdeDeviceId":null,"azureAdDeviceId":null,"deviceDnsName":"%1$s.northwind.example",\
            "hostName":"%1$s","ntDomain":null,"dnsDomain":"northwind.example","osPlatform":"Windows11","osBuild":22631,\
            "version":"23H2","healthStatus":"active","riskScore":"medium","rbacGroupId":0,"rbacGroupName":null,\
            "onboardingStatus":"onboarded","defenderAvStatus":"unknown","ipInterfaces":["%2$s"],"vmMetadata":null,\
            "loggedOnUsers":[],"resourceAccessEvents":[]}\
            """;

    private static final String ADVICE =
            "Ask the owner of the account whether this was meant. Look for other activity of the source computer. "
                    + "Reset the password of the account when nobody knows of it, and enable multifactor authentication. ";

    private CannedAlert() {}

    private record Kind(String detector, String title, String severity, String technique) {}

    /**
     * The text of an alert.
     *
     * @param number makes it different from the others of its tenant
     * @param made when it was made and changed last, to the millisecond
     */
    static byte[] text(UUID tenant, long number, Instant made) {
        var random = new Random(tenant.getLeastSignificantBits() * 1_000_003 + number);
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        var time = made.truncatedTo(ChronoUnit.MILLIS).toString();
        var host = "ws%04d".formatted(random.nextInt(3_000));
        var address = "10.%d.%d.%d".formatted(random.nextInt(4), random.nextInt(250), random.nextInt(250));
        var evidence = String.join(
                ",",
                user(random, time, "attacker"),
                user(random, time, "compromised"),
                BEFORE.formatted("deviceEvidence", time, "source") + HOST.formatted(host, address, time),
                BEFORE.formatted("deviceEvidence", time, "destination") + HOST.formatted("dc01", "10.0.0.4", time),
                BEFORE.formatted("ipEvidence", time, "source") + """
            "ipAddress":"%s","countryLetterCode":null,"location":null,"stream":null}\
            """.formatted(address));
        var alert = """
            {"id":"%1$s","providerAlertId":"%1$s","incidentId":"%2$s","status":"new","severity":"%3$s",\
            "classification":"unknown","determination":"unknown","serviceSource":"microsoftDefenderForIdentity",\
            "detectionSource":"microsoftDefenderForIdentity","productName":"Microsoft Defender for Identity",\
            "detectorId":"%4$s","tenantId":"%5$s","title":"%6$s","description":"An actor on %7$s sent %8$s requests \
            to DC01 and DC02, which exposed accounts of the domain.","category":"CredentialAccess",\
            "assignedTo":null,"alertWebUrl":"https://security.microsoft.com/alerts/%1$s?tid=%5$s",\
            "incidentWebUrl":"https://security.microsoft.com/incidents/%2$s?tid=%5$s","actorDisplayName":null,\
            "threatDisplayName":null,"threatFamilyName":null,"alertPolicyId":null,"mitreTechniques":["%9$s"],\
            "createdDateTime":"%10$s","lastUpdateDateTime":"%10$s","resolvedDateTime":null,\
            "firstActivityDateTime":"%10$s","lastActivityDateTime":"%10$s","comments":[],"evidence":[%11$s],\
            "systemTags":[],"additionalData":{"AlertName":"%6$s","EvidenceCount@odata.type":"#Int64",\
            "EvidenceCount":5},"recommendedActions":\
            """.formatted(
                        "aa" + new UUID(random.nextLong(), random.nextLong()) + "_1",
                        1_000 + random.nextInt(1_000_000),
                        kind.severity(),
                        kind.detector(),
                        tenant,
                        kind.title(),
                        host,
                        random.nextInt(10_000),
                        kind.technique(),
                        time,
                        evidence);
        return padded(alert);
    }

    private static String user(Random random, String time, String role) {
        // An account has one SID and one id, however often it is named.
        var number = random.nextInt(5_000);
        return BEFORE.formatted("userEvidence", time, role)
                + """
            "stream":null,"userAccount":{"accountName":"%1$s","domainName":"NORTHWIND","userSid":"S-1-5-21-%2$s-1104",\
            "azureAdUserId":"%3$s","userPrincipalName":"%1$s@northwind.example","displayName":"%1$s","resourceAccessEvents":[]}}\
            """.formatted("user%04d".formatted(number), 1_000_000_000 + number, new UUID(0x5eed, number));
    }

    /** The advice is as long as it takes. */
    private static byte[] padded(String alert) {
        var left = BYTES - alert.length() - 3;
        if (left < 0) {
            throw new IllegalStateException("An alert has %d characters already".formatted(alert.length()));
        }
        var advice = ADVICE.repeat(left / ADVICE.length() + 1).substring(0, left);
        return (alert + '"' + advice + "\"}").getBytes(StandardCharsets.US_ASCII);
    }
}
