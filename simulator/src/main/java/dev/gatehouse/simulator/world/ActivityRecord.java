package dev.gatehouse.simulator.world;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one act leaves in the hunting tables: a sign-in, a query, a change in the directory. It has no time yet; the
 * scene gives it one. The spellings follow published rows of these tables.
 */
final class ActivityRecord {

    private final String table;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> additionalFields = new LinkedHashMap<>();

    private ActivityRecord(String table) {
        this.table = table;
    }

    /** Someone signs in to a machine, and a domain controller vouches for it. */
    static ActivityRecord logon(Account account, Machine from, Machine to) {
        return new ActivityRecord(Tables.LOGONS)
                .by(account)
                .from(from)
                .to(to, 88)
                .set("ActionType", "LogonSuccess")
                .set("Application", "Active Directory")
                .set("Protocol", "Kerberos")
                .set("LogonType", "Credentials validation")
                .set("DeviceType", from.isServer() ? "Server" : "Workstation")
                .set("OSPlatform", from.system().platform)
                .set("Isp", "INTERNAL_NETWORK");
    }

    /** Someone uses a service on a machine with a ticket for it. */
    static ActivityRecord access(Account account, Machine from, Machine to, String servicePrincipalName) {
        return logon(account, from, to)
                .set("LogonType", "Resource access")
                .set("TargetDeviceName", to.dnsName())
                .additionally("Spns", servicePrincipalName);
    }

    /** Someone signs in to a cloud service from somewhere on the internet. */
    static ActivityRecord cloudLogon(Account account, NetworkLocation from, String application) {
        return new ActivityRecord(Tables.LOGONS)
                .by(account)
                .set("ActionType", "LogonSuccess")
                .set("Application", application)
                .set("Protocol", "OAuth2")
                .set("LogonType", "Login:login")
                .from(from)
                .set("Isp", from.provider());
    }

    /** A VPN server lets someone in. */
    static ActivityRecord vpn(Account account, NetworkLocation from, Machine server) {
        return new ActivityRecord(Tables.LOGONS)
                .by(account)
                .to(server, 1813)
                .set("ActionType", "LogonSuccess")
                .set("Application", "Active Directory")
                .set("Protocol", "Radius")
                .set("LogonType", "VPN connection")
                .from(from)
                .set("Isp", from.provider());
    }

    static ActivityRecord ldapQuery(
            Account account, Machine from, Machine controller, String queryType, String filter) {
        return query("LDAP query", "Ldap", 389, account, from, controller, queryType)
                .set("Query", filter);
    }

    static ActivityRecord samrQuery(
            Account account, Machine from, Machine controller, String queryType, String target) {
        return query("SAMR query", "Samr", 445, account, from, controller, queryType)
                .set("QueryTarget", target);
    }

    /** A machine asks for a name; no account stands behind such a row. */
    static ActivityRecord dnsQuery(Machine from, Machine controller, String queryType, String name) {
        return new ActivityRecord(Tables.QUERIES)
                .from(from)
                .to(controller, 53)
                .set("ActionType", "DNS query")
                .set("Application", "Active Directory")
                .set("Protocol", "Dns")
                .set("QueryType", queryType)
                .set("QueryTarget", name);
    }

    /** Something happens on a domain controller or to the directory, for example {@code Service creation}. */
    static ActivityRecord directory(String action, Account account, Machine from, Machine to) {
        return new ActivityRecord(Tables.DIRECTORY)
                .by(account)
                .from(from)
                .to(to, 49668)
                .set("ActionType", action)
                .set("Application", "Active Directory")
                .set("ISP", "INTERNAL_NETWORK")
                .additionally("ARG.TASK", action);
    }

    /** Something happens to an identity in the cloud. */
    static ActivityRecord cloudDirectory(String action, Account account, NetworkLocation from, String application) {
        return new ActivityRecord(Tables.DIRECTORY)
                .by(account)
                .set("ActionType", action)
                .set("Application", application)
                .from(from)
                .set("ISP", from.provider());
    }

    ActivityRecord failedBecause(String reason) {
        return set("ActionType", "LogonFailed").set("FailureReason", reason);
    }

    ActivityRecord over(String protocol, int port) {
        return set("Protocol", protocol).set("DestinationPort", (long) port);
    }

    ActivityRecord ofType(String logonType) {
        return set("LogonType", logonType);
    }

    /** The account that the act is aimed at. */
    ActivityRecord target(Account account) {
        if (!table.equals(Tables.LOGONS)) {
            set("TargetAccountUpn", account.userPrincipalName());
        }
        return set("TargetAccountDisplayName", account.displayName())
                .additionally("TARGET_OBJECT.USER", account.displayName());
    }

    /** The machine that the act is aimed at. */
    ActivityRecord target(Machine machine) {
        return set("TargetDeviceName", machine.dnsName()).additionally("TARGET_OBJECT.DEVICE", machine.name());
    }

    /** The group that the act is aimed at. */
    ActivityRecord target(Group group) {
        return additionally("TO.GROUP", group.name());
    }

    ActivityRecord additionally(String name, String value) {
        additionalFields.put(name, value);
        return this;
    }

    String table() {
        return table;
    }

    /** The columns that are not null, without {@code Timestamp} and {@code ReportId}. */
    Map<String, @Nullable Object> columns() {
        var columns = new LinkedHashMap<String, @Nullable Object>(values);
        columns.put("AdditionalFields", json(additionalFields));
        return columns;
    }

    private static ActivityRecord query(
            String action,
            String protocol,
            int port,
            Account account,
            Machine from,
            Machine controller,
            String queryType) {
        return new ActivityRecord(Tables.QUERIES)
                .by(account)
                .from(from)
                .to(controller, port)
                .set("ActionType", action)
                .set("Application", "Active Directory")
                .set("Protocol", protocol)
                .set("QueryType", queryType);
    }

    private ActivityRecord by(Account account) {
        return set("AccountName", account.name())
                .set("AccountDomain", account.domain().dnsName())
                .set("AccountUpn", account.userPrincipalName())
                .set("AccountSid", account.sid())
                .set("AccountObjectId", account.entraId())
                .set("AccountDisplayName", account.displayName())
                .additionally("ACTOR.ACCOUNT", account.displayName())
                .additionally("ACTOR.ENTITY_USER", account.displayName());
    }

    private ActivityRecord from(Machine machine) {
        return set("DeviceName", machine.dnsName())
                .set("IPAddress", machine.ipAddress())
                .set("Port", 49152L)
                .additionally("FROM.DEVICE", machine.name())
                .additionally("SourceComputerOperatingSystem", machine.system().description)
                .additionally(
                        "SourceComputerOperatingSystemVersion", machine.system().version())
                .additionally("SourceComputerObjectGuid", machine.objectGuid());
    }

    private ActivityRecord from(NetworkLocation place) {
        return set("IPAddress", place.ipAddress()).set("Location", place.countryCode());
    }

    private ActivityRecord to(Machine machine, int port) {
        return set("DestinationDeviceName", machine.dnsName())
                .set("DestinationIPAddress", machine.ipAddress())
                .set("DestinationPort", (long) port)
                .additionally("TO.DEVICE", machine.name())
                .additionally("DestinationComputerOperatingSystem", machine.system().description)
                .additionally("DestinationComputerObjectGuid", machine.objectGuid())
                .additionally("Count", "1");
    }

    private ActivityRecord set(String column, @Nullable Object value) {
        if (value != null) {
            values.put(column, value);
        }
        return this;
    }

    private static ObjectNode json(Map<String, String> fields) {
        var node = JsonNodeFactory.instance.objectNode();
        fields.forEach(node::put);
        return node;
    }
}
