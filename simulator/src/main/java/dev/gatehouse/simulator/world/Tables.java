package dev.gatehouse.simulator.world;

import dev.gatehouse.kql.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hunting tables of the pretend tenants, with Microsoft's columns in Microsoft's order. */
final class Tables {

    static final String LOGONS = "IdentityLogonEvents";
    static final String QUERIES = "IdentityQueryEvents";
    static final String DIRECTORY = "IdentityDirectoryEvents";
    static final String ACCOUNTS = "IdentityInfo";
    static final String ALERTS = "AlertInfo";
    static final String EVIDENCE = "AlertEvidence";

    /**
     * Microsoft's advanced hunting schema reference, of which section c.5 of the contract is a copy. A column without a
     * type is a string.
     */
    private static final Map<String, List<Table.Column>> COLUMNS = read("""
            IdentityLogonEvents: Timestamp datetime, ActionType, Application, LogonType, Protocol, FailureReason, \
            AccountName, AccountDomain, AccountUpn, AccountSid, AccountObjectId, AccountDisplayName, DeviceName, \
            DeviceType, OSPlatform, IPAddress, Port int, DestinationDeviceName, DestinationIPAddress, \
            DestinationPort int, TargetDeviceName, TargetAccountDisplayName, Location, Isp, ReportId, \
            AdditionalFields dynamic
            IdentityQueryEvents: Timestamp datetime, ActionType, Application, QueryType, QueryTarget, Query, Protocol, \
            AccountName, AccountDomain, AccountUpn, AccountSid, AccountObjectId, AccountDisplayName, DeviceName, \
            IPAddress, Port int, DestinationDeviceName, DestinationIPAddress, DestinationPort int, TargetDeviceName, \
            TargetAccountUpn, TargetAccountDisplayName, Location, ReportId, AdditionalFields dynamic
            IdentityDirectoryEvents: Timestamp datetime, ActionType, Application, TargetAccountUpn, \
            TargetAccountDisplayName, TargetDeviceName, DestinationDeviceName, DestinationIPAddress, \
            DestinationPort int, Protocol, AccountName, AccountDomain, AccountUpn, AccountSid, AccountObjectId, \
            AccountDisplayName, DeviceName, IPAddress, Port int, Location, ISP, ReportId, AdditionalFields dynamic
            IdentityInfo: Timestamp datetime, ReportId, AccountObjectId, AccountUpn, OnPremSid, AccountDisplayName, \
            AccountName, AccountDomain, CriticalityLevel int, Type, DistinguishedName, CloudSid, GivenName, Surname, \
            Department, JobTitle, EmailAddress, SipProxyAddress, Address, City, Country, IsAccountEnabled boolean, \
            Manager, Phone, CreatedDateTime datetime, ChangeSource, BlastRadius, CompanyName, DeletedDateTime datetime, \
            EmployeeId, OtherMailAddresses dynamic, RiskLevel, RiskLevelDetails, State, Tags dynamic, \
            AssignedRoles dynamic, PrivilegedEntraPimRoles dynamic, TenantId, SourceSystem, OnPremObjectId, \
            TenantMembershipType, RiskStatus, UserAccountControl, IdentityEnvironment, SourceProviders dynamic, \
            GroupMembership dynamic
            AlertInfo: Timestamp datetime, AlertId, Title, Category, Severity, ServiceSource, DetectionSource, \
            AttackTechniques
            AlertEvidence: Timestamp datetime, AlertId, Title, Categories, AttackTechniques, ServiceSource, \
            DetectionSource, EntityType, EvidenceRole, EvidenceDirection, FileName, FolderPath, SHA1, SHA256, \
            FileSize long, ThreatFamily, RemoteIP, RemoteUrl, AccountName, AccountDomain, AccountSid, AccountObjectId, \
            AccountUpn, DeviceId, DeviceName, LocalIP, NetworkMessageId, EmailSubject, Application, ApplicationId int, \
            OAuthApplicationId, ProcessCommandLine, RegistryKey, RegistryValueName, RegistryValueData, \
            AdditionalFields, Severity, CloudResource, CloudPlatform, ResourceType, ResourceID, SubscriptionId
            """);

    private Tables() {}

    static List<String> names() {
        return List.copyOf(COLUMNS.keySet());
    }

    /** Empty when there is no such table. */
    static List<Table.Column> columns(String table) {
        return COLUMNS.getOrDefault(table, List.of());
    }

    private static Map<String, List<Table.Column>> read(String schema) {
        var columns = new LinkedHashMap<String, List<Table.Column>>();
        schema.lines().forEach(line -> {
            var name = line.substring(0, line.indexOf(':'));
            var list = line.substring(name.length() + 1);
            columns.put(
                    name,
                    Arrays.stream(list.split(",", -1))
                            .map(String::strip)
                            .map(Tables::column)
                            .toList());
        });
        return columns;
    }

    private static Table.Column column(String text) {
        var blank = text.indexOf(' ');
        if (blank < 0) {
            return new Table.Column(text, Table.Type.STRING);
        }
        var type =
                switch (text.substring(blank + 1)) {
                    case "datetime" -> Table.Type.DATETIME;
                    case "int" -> Table.Type.INT;
                    case "long" -> Table.Type.LONG;
                    case "boolean" -> Table.Type.BOOL;
                    case "dynamic" -> Table.Type.DYNAMIC;
                    default -> throw new IllegalArgumentException("Unknown type of column: " + text);
                };
        return new Table.Column(text.substring(0, blank), type);
    }
}
