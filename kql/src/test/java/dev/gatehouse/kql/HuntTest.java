package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hunts as analysts write them against Defender for Identity, over a small estate in which an attack took place: anna's
 * workstation WS7 asks for service accounts, tries passwords, logs on to a file server and at last replicates the directory.
 */
class HuntTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Answers HUNTS = Answers.over(logons(), queries(), directory(), people(), alerts(), evidence());

    private static Instant ago(int minutes) {
        return Answers.NOW.minus(Duration.ofMinutes(minutes));
    }

    /** Each column as {@code name:type}, each row as its cells in that order. */
    private static Table table(String name, String columns, List<List<@Nullable Object>> rows) {
        List<Table.Column> schema = new ArrayList<>();
        for (String column : columns.split(" ", -1)) {
            String[] parts = column.split(":", -1);
            schema.add(
                    new Table.Column(parts[0], parts.length == 1 ? Table.Type.STRING : Table.Type.valueOf(parts[1])));
        }
        List<Map<String, @Nullable Object>> maps = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> map = new HashMap<>();
            for (int i = 0; i < schema.size(); i++) {
                map.put(schema.get(i).name(), row.get(i));
            }
            maps.add(map);
        }
        return new Table(name, schema, maps);
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        List<@Nullable Object> row = new ArrayList<>();
        for (@Nullable Object cell : cells) {
            row.add(cell);
        }
        return row;
    }

    private static Object json(String text) {
        return JSON.readTree(text);
    }

    private static Table logons() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(row(
                    ago(100 - i),
                    "LogonFailed",
                    "Ntlm",
                    "WrongPassword",
                    "user" + i % 6,
                    "WS7",
                    "10.0.7.7",
                    null,
                    "DC1",
                    null));
        }
        rows.add(row(
                ago(80),
                "LogonSuccess",
                "Kerberos",
                null,
                "anna",
                "WS7",
                "10.0.7.7",
                88L,
                "DC1",
                json("{\"Spns\":[\"cifs/FS1\",\"host/FS1\"],\"KerberosDelegationType\":\"Unconstrained\"}")));
        rows.add(row(
                ago(75),
                "LogonSuccess",
                "Kerberos",
                null,
                "anna",
                "WS7",
                "10.0.7.7",
                88L,
                "FS1",
                json("{\"Spns\":[\"cifs/FS1\"]}")));
        rows.add(row(ago(70), "LogonSuccess", "Ntlm", null, "svc-sql", "WS7", "10.0.7.7", 445L, "FS1", null));
        rows.add(row(ago(30), "LogonSuccess", "Kerberos", null, "bob", "WS2", "10.0.2.2", 88L, "DC1", null));
        rows.add(row(ago(20), "LogonSuccess", "Kerberos", null, "bob", "VPN", "203.0.113.9", 88L, "DC1", null));
        rows.add(row(ago(3 * 1440), "LogonSuccess", "Kerberos", null, "bob", "WS2", "10.0.2.2", 88L, "DC1", null));
        return table(
                "IdentityLogonEvents",
                "Timestamp:DATETIME ActionType Protocol FailureReason AccountName DeviceName IPAddress Port:INT DestinationDeviceName AdditionalFields:DYNAMIC",
                rows);
    }

    private static Table queries() {
        return table(
                "IdentityQueryEvents",
                "Timestamp:DATETIME ActionType QueryType QueryTarget Query AccountName DeviceName IPAddress DestinationDeviceName AdditionalFields:DYNAMIC",
                List.of(
                        row(
                                ago(120),
                                "LDAP query",
                                "AllUsers",
                                "contoso.com",
                                "(objectClass=user)",
                                "anna",
                                "WS7",
                                "10.0.7.7",
                                "DC1",
                                json(
                                        "{\"SearchFilter\":\"(objectClass=user)\",\"BaseObject\":\"DC=contoso,DC=com\",\"FROM.DEVICE\":\"WS7\"}")),
                        row(
                                ago(118),
                                "LDAP query",
                                "Spn",
                                "contoso.com",
                                "(&(objectClass=user)(servicePrincipalName=*))",
                                "anna",
                                "WS7",
                                "10.0.7.7",
                                "DC1",
                                json(
                                        "{\"SearchFilter\":\"(&(objectClass=user)(servicePrincipalName=*))\",\"BaseObject\":\"DC=contoso,DC=com\",\"FROM.DEVICE\":\"WS7\"}")),
                        row(
                                ago(117),
                                "SAMR query",
                                "QueryGroup",
                                "Domain Admins",
                                null,
                                "anna",
                                "WS7",
                                "10.0.7.7",
                                "DC1",
                                json(
                                        "{\"AttackTechniques\":\"Permission Groups Discovery (T1069), Account Discovery (T1087)\"}")),
                        row(
                                ago(116),
                                "DNS query",
                                "AXFR",
                                "contoso.com",
                                "contoso.com",
                                "",
                                "WS7",
                                "10.0.7.7",
                                "DC1",
                                null),
                        row(
                                ago(40),
                                "LDAP query",
                                "User",
                                "contoso.com",
                                "(sAMAccountName=bob)",
                                "bob",
                                "WS2",
                                "10.0.2.2",
                                "DC1",
                                json(
                                        "{\"SearchFilter\":\"(sAMAccountName=bob)\",\"BaseObject\":\"OU=IT,DC=contoso,DC=com\"}"))));
    }

    private static Table directory() {
        return table(
                "IdentityDirectoryEvents",
                "Timestamp:DATETIME ActionType AccountName TargetAccountDisplayName DeviceName IPAddress DestinationDeviceName AdditionalFields:DYNAMIC",
                List.of(
                        row(
                                ago(60),
                                "Group Membership changed",
                                "svc-sql",
                                "anna",
                                "FS1",
                                "10.0.1.1",
                                "DC1",
                                json("{\"TO.GROUP\":\"Domain Admins\",\"ACTOR.ACCOUNT\":\"svc-sql\"}")),
                        row(ago(50), "Directory Services replication", "anna", "", "WS7", "10.0.7.7", "DC1", null),
                        row(ago(49), "Directory Services replication", "DC2$", "", "DC2", "10.0.0.2", "DC1", null),
                        row(ago(45), "Account Password changed", "anna", "krbtgt", "WS7", "10.0.7.7", "DC1", null)));
    }

    private static Table people() {
        return table(
                "IdentityInfo",
                "Timestamp:DATETIME AccountName AccountObjectId Department IsAccountEnabled:BOOL CriticalityLevel:INT Tags:DYNAMIC",
                List.of(
                        row(ago(4000), "anna", "id-anna", "Sales", true, null, json("[]")),
                        row(ago(400), "anna", "id-anna", "Finance", true, null, json("[\"Watched\"]")),
                        row(ago(400), "bob", "id-bob", "IT", true, 2L, json("[\"Sensitive\",\"Admin\"]")),
                        row(ago(400), "svc-sql", "id-sql", "IT", true, 1L, json("[\"Sensitive\"]")),
                        row(ago(400), "carl", "id-carl", "Law", false, null, null)));
    }

    private static Table alerts() {
        return table(
                "AlertInfo",
                "Timestamp:DATETIME AlertId Title Severity ServiceSource AttackTechniques",
                List.of(
                        row(
                                ago(50),
                                "a1",
                                "Suspected DCSync attack",
                                "High",
                                "Microsoft Defender for Identity",
                                "[\"OS Credential Dumping (T1003)\",\"DCSync (T1003.006)\"]"),
                        row(ago(48), "a2", "Mail from a stranger", "Low", "Microsoft Defender for Office 365", "[]")));
    }

    private static Table evidence() {
        return table(
                "AlertEvidence",
                "Timestamp:DATETIME AlertId EntityType AccountName DeviceName RemoteIP",
                List.of(
                        row(ago(50), "a1", "User", "anna", "", ""),
                        row(ago(50), "a1", "Machine", "", "WS7", "10.0.7.7"),
                        row(ago(48), "a2", "User", "carl", "", "")));
    }

    @Test
    void findsKerberoastingByTheLdapQueryForServiceAccounts() {
        assertThat(HUNTS.rows("""
                                IdentityQueryEvents
                                | where Timestamp > ago(1d)
                                | where ActionType == "LDAP query"
                                | extend AF = parse_json(AdditionalFields)
                                | extend SearchFilter = tostring(AF.SearchFilter), BaseObject = tostring(AF.BaseObject)
                                | where SearchFilter contains "serviceprincipalname" and BaseObject matches regex @"^DC="
                                | project AccountName, From = tostring(AF["FROM.DEVICE"]), SearchFilter
                                """)).isEqualTo("anna,WS7,(&(objectClass=user)(servicePrincipalName=*))");
    }

    @Test
    void findsReplicationThatDoesNotComeFromADomainController() {
        assertThat(HUNTS.rows("""
                                let DomainControllers = dynamic(["DC1", "DC2"]);
                                IdentityDirectoryEvents
                                | where ActionType == "Directory Services replication"
                                | where DeviceName !in~ (DomainControllers)
                                | project Timestamp, AccountName, DeviceName, DestinationDeviceName
                                """)).isEqualTo("2026-03-10T11:10:00.0000000Z,anna,WS7,DC1");
    }

    @Test
    void countsFailedLogonsInBins() {
        assertThat(HUNTS.rows("""
                                IdentityLogonEvents
                                | where Timestamp > ago(2h) and ActionType == "LogonFailed"
                                | summarize Failed = count(), Accounts = dcount(AccountName), Names = make_set(AccountName, 3)
                                    by DeviceName, IPAddress, bin(Timestamp, 10m)
                                | where Failed >= 5 and Accounts > 3
                                | order by Failed desc
                                """))
                .isEqualTo("WS7,10.0.7.7,2026-03-10T10:20:00.0000000Z,10,6,[\"user0\",\"user1\",\"user2\"]");
    }

    @Test
    void findsTheSuccessThatFollowsAPasswordSpray() {
        assertThat(HUNTS.rows("""
                                let Sprayers = IdentityLogonEvents
                                    | where ActionType == "LogonFailed" and FailureReason == "WrongPassword"
                                    | summarize Targets = dcount(AccountName), FirstTry = min(Timestamp) by IPAddress
                                    | where Targets > 5;
                                IdentityLogonEvents
                                | where ActionType == "LogonSuccess"
                                | join kind=inner Sprayers on IPAddress
                                | where Timestamp > FirstTry
                                | summarize arg_min(Timestamp, AccountName, DestinationDeviceName) by IPAddress
                                | project IPAddress, AccountName, DestinationDeviceName
                                """)).isEqualTo("10.0.7.7,anna,DC1");
    }

    @Test
    void joinsLogonsWithWhoTheAccountsAre() {
        assertThat(HUNTS.rows("""
                                IdentityLogonEvents
                                | where Timestamp > ago(1d) and ActionType == "LogonSuccess"
                                | summarize Logons = count() by AccountName
                                | join kind=leftouter (
                                    IdentityInfo
                                    | summarize arg_max(Timestamp, *) by AccountObjectId
                                    | project AccountName, Department, CriticalityLevel
                                ) on AccountName
                                | project AccountName, Logons, Department, CriticalityLevel
                                | sort by AccountName asc
                                """)).isEqualTo("anna,2,Finance,null;bob,2,IT,2;svc-sql,1,IT,1");
    }

    @Test
    void takesTheLatestStateOfEachAccount() {
        assertThat(HUNTS.rows("""
                                IdentityInfo
                                | summarize arg_max(Timestamp, *) by AccountObjectId
                                | where IsAccountEnabled == true
                                | where Tags has "Sensitive" or isnotnull(CriticalityLevel)
                                | project AccountName, Department, FirstTag = tostring(Tags[0])
                                | order by AccountName asc
                                """)).isEqualTo("bob,IT,Sensitive;svc-sql,IT,Sensitive");
    }

    @Test
    void laysTheThreeIdentityTablesOnOneTimeline() {
        assertThat(HUNTS.rows("""
                                union withsource=SourceTable IdentityLogonEvents, IdentityQueryEvents, IdentityDirectoryEvents
                                | where Timestamp between (ago(2h) .. now())
                                | where DeviceName == "WS7" and ActionType != "LogonFailed"
                                | project Timestamp, SourceTable, ActionType, What = coalesce(Query, DestinationDeviceName)
                                | order by Timestamp asc
                                | project strcat(format_datetime(Timestamp, "HH:mm"), " ", ActionType, " ", What)
                                | take 3
                                """))
                .isEqualTo("10:00 LDAP query (objectClass=user);"
                        + "10:02 LDAP query (&(objectClass=user)(servicePrincipalName=*));"
                        + "10:03 SAMR query DC1");
    }

    @Test
    void countsEachSourceOfAUnion() {
        assertThat(HUNTS.rows("""
                                union withsource=T isfuzzy=true IdentityLogonEvents, IdentityQueryEvents, IdentityDirectoryEvents, EmailEvents
                                | summarize Rows = count(), Last = max(Timestamp) by T
                                | project T, Rows
                                """)).isEqualTo("IdentityLogonEvents,18;IdentityQueryEvents,5;IdentityDirectoryEvents,4");
    }

    @Test
    void findsChangesOfSensitiveGroups() {
        assertThat(HUNTS.rows("""
                                let SensitiveGroups = dynamic(["Domain Admins", "Enterprise Admins", "Schema Admins"]);
                                IdentityDirectoryEvents
                                | where ActionType == "Group Membership changed"
                                | extend Group = tostring(AdditionalFields["TO.GROUP"]), Actor = tostring(AdditionalFields["ACTOR.ACCOUNT"])
                                | where Group in (SensitiveGroups)
                                | project Actor, Group, Member = TargetAccountDisplayName
                                """)).isEqualTo("svc-sql,Domain Admins,anna");
    }

    @Test
    void findsReconnaissanceFollowedByReplication() {
        assertThat(HUNTS.rows("""
                                let recon = IdentityQueryEvents
                                    | where QueryType in ("AllUsers", "Spn", "AXFR") or QueryTarget has_any ("Domain Admins", "Enterprise Admins")
                                    | summarize Kinds = dcount(QueryType), FirstSeen = min(Timestamp) by DeviceName;
                                IdentityDirectoryEvents
                                | where ActionType has "replication"
                                | join kind=inner recon on DeviceName
                                | where datetime_diff("minute", Timestamp, FirstSeen) between (0 .. 240)
                                | project DeviceName, AccountName, Kinds, Minutes = datetime_diff("minute", Timestamp, FirstSeen)
                                """)).isEqualTo("WS7,anna,4,70");
    }

    @Test
    void findsAccountsThatUseAnAddressForTheFirstTime() {
        assertThat(HUNTS.rows("""
                                let lookback = 14d; let recent = 1h;
                                IdentityLogonEvents
                                | where Timestamp > ago(recent) and ActionType == "LogonSuccess"
                                | join kind=leftanti (
                                    IdentityLogonEvents
                                    | where Timestamp between (ago(lookback) .. ago(recent))
                                    | distinct AccountName, IPAddress
                                ) on AccountName, IPAddress
                                | where not(ipv4_is_private(IPAddress))
                                | project AccountName, IPAddress, DeviceName
                                """)).isEqualTo("bob,203.0.113.9,VPN");
    }

    @Test
    void unfoldsServicePrincipalNames() {
        assertThat(HUNTS.rows("""
                                IdentityLogonEvents
                                | where Protocol == "Kerberos" and isnotempty(AdditionalFields.Spns)
                                | mv-expand Spn = AdditionalFields.Spns to typeof(string)
                                | extend Service = tostring(split(Spn, "/")[0])
                                | summarize Tickets = count(), Accounts = make_set(AccountName) by Service
                                | order by Tickets desc
                                """)).isEqualTo("cifs,2,[\"anna\"];host,1,[\"anna\"]");
    }

    @Test
    void namesTheRiskOfALogon() {
        assertThat(HUNTS.rows("""
                                IdentityLogonEvents
                                | where ActionType == "LogonSuccess" and Timestamp > ago(1d)
                                | extend Risk = case(
                                    AdditionalFields.KerberosDelegationType == "Unconstrained", "high",
                                    Protocol =~ "NTLM" and AccountName startswith "svc-", "medium",
                                    "low")
                                | summarize count() by Risk
                                | order by Risk asc
                                """)).isEqualTo("high,1;low,3;medium,1");
    }

    @Test
    void joinsAlertsWithTheirEvidence() {
        assertThat(HUNTS.rows("""
                                AlertInfo
                                | where ServiceSource == "Microsoft Defender for Identity" and Severity == "High"
                                | mv-expand Technique = parse_json(AttackTechniques) to typeof(string)
                                | extend TechniqueId = extract(@"(T\\d{4}(?:\\.\\d{3})?)", 1, Technique)
                                | summarize Techniques = make_set(TechniqueId) by AlertId, Title
                                | join kind=inner AlertEvidence on AlertId
                                | summarize Entities = make_list(coalesce(AccountName, DeviceName)) by Title, tostring(Techniques)
                                """)).isEqualTo("Suspected DCSync attack,[\"T1003\",\"T1003.006\"],[\"anna\",\"WS7\"]");
    }

    @Test
    void findsLateralMovement() {
        assertThat(HUNTS.rows("""
                                IdentityLogonEvents
                                | where ActionType == "LogonSuccess" and Timestamp > ago(2h)
                                | summarize Accounts = dcount(AccountName), Hosts = make_set(DestinationDeviceName),
                                            Span = max(Timestamp) - min(Timestamp) by DeviceName
                                | where Accounts > 1 and array_length(Hosts) > 1 and Span < 30m
                                """)).isEqualTo("WS7,2,[\"DC1\",\"FS1\"],00:10:00");
    }

    @Test
    void readsWhatAProductThatPollsAsksFor() {
        Table page = HUNTS.to("""
                IdentityDirectoryEvents
                | where Timestamp >= datetime(2026-03-10T11:00:00.0000000Z) and Timestamp < datetime(2026-03-10T11:12:00Z)
                | order by Timestamp asc
                | take 5000
                """);

        assertThat(page.columns()).isEqualTo(directory().columns());
        assertThat(page.rows()).extracting(row -> row.get("AccountName")).containsExactly("svc-sql", "anna", "DC2$");
    }

    @Test
    void searchesEverywhere() {
        assertThat(
                        HUNTS.rows(
                                "search in (IdentityLogonEvents, IdentityQueryEvents, AlertEvidence) \"svc-sql\" | summarize count() by $table"))
                .isEqualTo("IdentityLogonEvents,1");
    }
}
