package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that an alert shows: an account, a machine, an address. Scripts name the thing and its roles; the record is
 * written when the alert is raised, because it carries the time.
 *
 * <p>Property names and types are those of {@code microsoft.graph.security.alertEvidence} and its descendants in
 * Graph's published metadata.
 */
final class Evidence {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String type;
    private final List<String> roles;
    private final List<String> tags;
    private final String verdict;
    private final BiConsumer<ObjectNode, Instant> details;

    private Evidence(
            String type,
            List<String> roles,
            List<String> tags,
            String verdict,
            BiConsumer<ObjectNode, Instant> details) {
        this.type = type;
        this.roles = List.copyOf(roles);
        this.tags = List.copyOf(tags);
        this.verdict = verdict;
        this.details = details;
    }

    /** Roles are members of {@code evidenceRole}, for example {@code compromised}, {@code attacker}, {@code source}. */
    static Evidence user(Account account, String... roles) {
        var tags =
                switch (account.kind()) {
                    case HONEYTOKEN -> List.of("Honeytoken");
                    case ADMINISTRATOR, SYNCHRONISATION, TICKET_GRANTING -> List.of("Sensitive");
                    case EMPLOYEE, SERVICE -> List.<String>of();
                };
        return evidence("user", roles, (node, _) -> node.set("userAccount", userAccount(account)))
                .tagged(tags);
    }

    static Evidence device(Machine machine, String... roles) {
        var tags = machine.role() == Machine.Role.DOMAIN_CONTROLLER ? List.of("Domain controller") : List.<String>of();
        return evidence("device", roles, (node, _) -> fillDevice(node, machine)).tagged(tags);
    }

    /** The address of a machine of the domain. */
    static Evidence ip(Machine machine, String... roles) {
        return evidence("ip", roles, (node, _) -> {
            node.put("ipAddress", machine.ipAddress());
            node.putNull("countryLetterCode");
            node.putNull("location");
        });
    }

    /** An address on the internet. */
    static Evidence ip(NetworkLocation place, String... roles) {
        return evidence("ip", roles, (node, _) -> {
            node.put("ipAddress", place.ipAddress());
            node.put("countryLetterCode", place.countryCode());
            node.putObject("location")
                    .put("countryName", place.country())
                    .put("city", place.city())
                    .put("latitude", place.latitude())
                    .put("longitude", place.longitude())
                    .putNull("state");
        });
    }

    static Evidence group(Group group, String... roles) {
        return evidence("securityGroup", roles, (node, _) -> node.put("securityGroupId", group.objectGuid())
                        .put("displayName", group.name())
                        .put("friendlyName", group.name())
                        .put("distinguishedName", group.distinguishedName())
                        .put("sid", group.sid())
                        .put("activeDirectoryObjectGuid", group.objectGuid()))
                .tagged(List.of("Sensitive"));
    }

    static Evidence domain(Domain domain, String... roles) {
        return evidence("activeDirectoryDomain", roles, (node, _) -> {
            node.put("activeDirectoryDomainName", domain.dnsName());
            node.putArray("trustedDomains");
        });
    }

    /** An account's session on a machine, which began with the alert's first activity. */
    static Evidence session(Account account, Machine host, String sessionId, String... roles) {
        return evidence("hostLogonSession", roles, (node, created) -> {
            node.set("account", user(account, roles).render(created));
            node.set("host", device(host, "contextual").render(created));
            node.put("sessionId", sessionId);
            node.put("startUtcDateTime", Timestamps.text(created.minusSeconds(90)));
            node.putNull("endUtcDateTime");
        });
    }

    /** A sign-in to a cloud service. */
    static Evidence cloudSession(Account account, Browser browser, String sessionId, String... roles) {
        return evidence("cloudLogonSession", roles, (node, created) -> {
            node.set("account", user(account, roles).render(created));
            node.put("sessionId", sessionId);
            node.put("browser", browser.name());
            node.put("operatingSystem", browser.operatingSystem());
            node.put("userAgent", browser.userAgent());
            node.putNull("deviceName");
            node.putNull("protocol");
            node.put("startUtcDateTime", Timestamps.text(created.minusSeconds(45)));
            node.putNull("previousLogonDateTime");
        });
    }

    /** What a cloud session was opened with. */
    record Browser(String name, String operatingSystem, String userAgent) {}

    /** An application in the cloud, by the number under which Defender for Cloud Apps knows it. */
    static Evidence cloudApplication(String name, long applicationId, String... roles) {
        return evidence("cloudApplication", roles, (node, _) -> node.put("appId", applicationId)
                .put("displayName", name)
                .put("instanceId", 0)
                .put("instanceName", name)
                .putNull("saasAppId"));
    }

    /** A host name that was asked for, with the addresses of the server that was asked and the machine that asked. */
    static Evidence dns(String name, Machine server, Machine asker, String... roles) {
        return evidence("dns", roles, (node, created) -> {
            node.put("domainName", name);
            node.set("dnsServerIp", ip(server, "destination").render(created));
            node.set("hostIpAddress", ip(asker, "source").render(created));
            node.putArray("ipAddresses");
        });
    }

    static Evidence file(String name, String folder, long size, String sha256, Machine machine, String... roles) {
        return evidence("file", roles, (node, _) -> {
            node.put("detectionStatus", "detected");
            node.put("mdeDeviceId", machine.endpointId());
            node.set("fileDetails", fileDetails(name, folder, size, sha256));
        });
    }

    static Evidence process(
            String commandLine,
            String image,
            String folder,
            String sha256,
            Account account,
            Machine machine,
            String... roles) {
        return evidence("process", roles, (node, created) -> {
            node.put("processId", 4780L);
            node.put("parentProcessId", 668L);
            node.put("processCommandLine", commandLine);
            node.put("processCreationDateTime", Timestamps.text(created.minusSeconds(20)));
            node.put("parentProcessCreationDateTime", Timestamps.text(created.minusSeconds(7200)));
            node.put("detectionStatus", "detected");
            node.put("mdeDeviceId", machine.endpointId());
            node.set("imageFile", fileDetails(image, folder, 448_000, sha256));
            node.putNull("parentProcessImageFile");
            node.set("userAccount", userAccount(account));
        });
    }

    /** The same thing, which the analysis found to be malicious and not only suspicious. */
    Evidence malicious() {
        return new Evidence(type, roles, tags, "malicious", details);
    }

    /** The record as Graph shows it in an alert created at that instant. */
    ObjectNode render(Instant created) {
        var node = JSON.objectNode();
        node.put("@odata.type", "#microsoft.graph.security." + type + "Evidence");
        node.put("createdDateTime", Timestamps.text(created));
        node.put("verdict", verdict);
        node.put("remediationStatus", "none");
        node.putNull("remediationStatusDetails");
        addAll(node, "roles", roles);
        addAll(node, "detailedRoles", List.of());
        addAll(node, "tags", tags);
        details.accept(node, created);
        return node;
    }

    private Evidence tagged(List<String> newTags) {
        return new Evidence(type, roles, newTags, verdict, details);
    }

    private static Evidence evidence(String type, String[] roles, BiConsumer<ObjectNode, Instant> details) {
        return new Evidence(type, Arrays.asList(roles), List.of(), "suspicious", details);
    }

    private static ObjectNode userAccount(Account account) {
        return JSON.objectNode()
                .put("accountName", account.name())
                .put("domainName", account.domain().dnsName())
                .put("userSid", account.sid())
                .put("azureAdUserId", account.entraId())
                .put("userPrincipalName", account.userPrincipalName())
                .put("displayName", account.displayName())
                .put("activeDirectoryObjectGuid", account.objectGuid())
                .put("tenantId", account.domain().tenantId());
    }

    private static void fillDevice(ObjectNode node, Machine machine) {
        node.put("firstSeenDateTime", Timestamps.text(machine.firstSeen()))
                .put("mdeDeviceId", machine.endpointId())
                .put("azureAdDeviceId", machine.entraId())
                .put("deviceDnsName", machine.dnsName())
                .put("hostName", machine.name())
                .put("ntDomain", machine.domain().netbiosName())
                .put("dnsDomain", machine.domain().dnsName())
                .put("osPlatform", machine.system().platform)
                .put("osBuild", machine.system().build)
                .put("version", machine.system().version())
                .put("healthStatus", "active")
                .put("riskScore", machine.isServer() ? "medium" : "none")
                .put("rbacGroupId", 0)
                .putNull("rbacGroupName")
                .put("onboardingStatus", "onboarded")
                .put("defenderAvStatus", "updated")
                .put("lastIpAddress", machine.ipAddress())
                .putNull("lastExternalIpAddress");
        node.putArray("ipInterfaces").add(machine.ipAddress());
        node.putArray("loggedOnUsers");
        node.putNull("vmMetadata");
    }

    private static ObjectNode fileDetails(String name, String folder, long size, String sha256) {
        return JSON.objectNode()
                .put("fileName", name)
                .put("filePath", folder)
                .put("fileSize", size)
                .put("sha256", sha256)
                .putNull("sha1")
                .putNull("filePublisher")
                .putNull("signer")
                .putNull("issuer");
    }

    private static void addAll(ObjectNode node, String property, List<String> values) {
        var array = node.putArray(property);
        values.forEach(array::add);
    }
}
