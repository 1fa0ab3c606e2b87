package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds the accounts, hosts and addresses in a piece of evidence, the main one first. Which members hold them per type is
 * from Microsoft's CSDL; a type that is not listed is searched for the members that name the same things elsewhere. Only
 * plain values are names: what Microsoft nests is looked into.
 */
final class Entities {

    private static final String USER = "userEvidence";
    private static final String DEVICE = "deviceEvidence";
    private static final String IP = "ipEvidence";
    private static final String FILE = "fileEvidence";
    private static final String PROCESS = "processEvidence";
    private static final String URL = "urlEvidence";
    private static final String DOMAIN = "activeDirectoryDomainEvidence";

    /** How the members of a type that we do not know may end that name it, the best first; at last, any text will do. */
    private static final List<String> NAMING_ENDINGS =
            List.of("displayname", "name", "title", "subject", "address", "upn", "url", "key", "value", "id", "");

    private final Set<Entity> found = new LinkedHashSet<>();

    private Entities() {}

    static List<Entity> in(String type, Members evidence) {
        var entities = new Entities();
        entities.collect(type, evidence);
        if (entities.found.isEmpty()) {
            entities.nameByAnything(evidence);
        }
        return List.copyOf(entities.found);
    }

    private void collect(String type, Members evidence) {
        switch (type) {
            case USER -> collectUser(evidence);
            case DEVICE -> collectDevice(evidence);
            case IP -> add(EntityKind.IP_ADDRESS, evidence, "ipAddress");
            case "securityGroupEvidence" -> {
                add(EntityKind.GROUP, evidence, "displayName", "friendlyName", "distinguishedName", "sid");
                addSid(evidence, "sid");
            }
            case DOMAIN -> {
                add(EntityKind.DOMAIN, evidence, "activeDirectoryDomainName");
                collectAll(DOMAIN, evidence, "trustedDomains");
            }
            case "dnsEvidence" -> {
                add(EntityKind.DOMAIN, evidence, "domainName");
                collectAll(IP, evidence, "ipAddresses", "hostIpAddress", "dnsServerIp");
            }
            case "hostLogonSessionEvidence" -> {
                collectAll(USER, evidence, "account");
                collectAll(DEVICE, evidence, "host");
            }
            case "cloudLogonSessionEvidence" -> {
                collectAll(USER, evidence, "account");
                add(EntityKind.HOST, evidence, "deviceName");
            }
            case "cloudLogonRequestEvidence" -> add(EntityKind.OTHER, evidence, "requestId");
            case "networkConnectionEvidence" -> collectAll(IP, evidence, "sourceAddress", "destinationAddress");
            case "nicEvidence" -> {
                add(EntityKind.OTHER, evidence, "macAddress");
                collectAll(IP, evidence, "ipAddress");
            }
            case "ioTDeviceEvidence" -> {
                add(EntityKind.HOST, evidence, "deviceName", "deviceId", "serialNumber", "macAddress");
                collectAll(IP, evidence, "ipAddress");
                collectAll("nicEvidence", evidence, "nics");
                collectAll(URL, evidence, "sourceRef");
            }
            case "servicePrincipalEvidence" -> add(EntityKind.APPLICATION, evidence, "servicePrincipalName", "appId");
            case "oauthApplicationEvidence", "cloudApplicationEvidence" ->
                add(EntityKind.APPLICATION, evidence, "displayName", "instanceName", "appId");
            case "aiAgentEvidence" -> add(EntityKind.APPLICATION, evidence, "agentName", "agentId");
            case PROCESS -> collectProcess(evidence);
            case FILE -> evidence.inside("fileDetails").ifPresent(file -> collectFile(EntityKind.FILE, file));
            case "fileHashEvidence" -> addHash(evidence.name("value"));
            case "blobEvidence" -> {
                add(EntityKind.FILE, evidence, "name", "url");
                add(EntityKind.URL, evidence, "url");
                collectAll("blobContainerEvidence", evidence, "blobContainer");
            }
            case "blobContainerEvidence" -> {
                add(EntityKind.OTHER, evidence, "name", "url");
                add(EntityKind.URL, evidence, "url");
                collectAll("azureResourceEvidence", evidence, "storageResource");
            }
            case "registryKeyEvidence", "registryValueEvidence" ->
                add(EntityKind.OTHER, evidence, "registryKey", "registryValueName");
            case "mailboxEvidence", "mailboxConfigurationEvidence" -> {
                add(EntityKind.ACCOUNT, evidence, "primaryAddress", "mailboxPrimaryAddress", "upn", "displayName");
                evidence.inside("userAccount").ifPresent(this::collectAccount);
            }
            case "analyzedMessageEvidence", "submissionMailEvidence", "teamsMessageEvidence" ->
                collectMessage(evidence);
            case "mailClusterEvidence" ->
                add(EntityKind.OTHER, evidence, "clusterByValue", "query", "clusterBy", "urn");
            case URL -> add(EntityKind.URL, evidence, "url");
            case "malwareEvidence" -> {
                add(EntityKind.OTHER, evidence, "name");
                collectAll(FILE, evidence, "files");
                collectAll(PROCESS, evidence, "processes");
            }
            case "sasTokenEvidence" -> {
                add(EntityKind.OTHER, evidence, "signatureHash");
                collectAll("azureResourceEvidence", evidence, "storageResource");
            }
            case "azureResourceEvidence", "amazonResourceEvidence", "googleCloudResourceEvidence" ->
                add(EntityKind.OTHER, evidence, "resourceName", "fullResourceName", "resourceId", "amazonResourceId");
            case "gitHubUserEvidence" -> {
                add(EntityKind.ACCOUNT, evidence, "login", "name", "userId");
                add(EntityKind.ACCOUNT, evidence, "email");
            }
            case "gitHubOrganizationEvidence" -> add(EntityKind.OTHER, evidence, "displayName", "login", "orgId");
            case "gitHubRepoEvidence" -> add(EntityKind.OTHER, evidence, "baseUrl", "login", "repoId");
            case "containerEvidence" -> {
                add(EntityKind.OTHER, evidence, "name", "containerId");
                collectAll("containerImageEvidence", evidence, "image");
            }
            case "containerImageEvidence" -> {
                add(EntityKind.OTHER, evidence, "imageId");
                collectAll("containerImageEvidence", evidence, "digestImage");
                collectAll("containerRegistryEvidence", evidence, "registry");
            }
            case "containerRegistryEvidence" -> add(EntityKind.OTHER, evidence, "registry");
            case "kubernetesPodEvidence" -> {
                add(EntityKind.OTHER, evidence, "name");
                collectAll(IP, evidence, "podIp");
            }
            case "kubernetesServiceEvidence" -> {
                add(EntityKind.OTHER, evidence, "name");
                collectAll(IP, evidence, "clusterIP", "externalIPs");
            }
            default -> collectUnknown(evidence);
        }
    }

    /** The same kind of evidence, or a bare text, inside another. What is inside says its own type at times. */
    private void collectAll(String type, Members evidence, String... names) {
        for (var name : names) {
            for (var element : evidence.list(name)) {
                Members.of(element)
                        .ifPresentOrElse(
                                inner -> {
                                    var stated = EvidenceParser.typeOf(inner);
                                    collect(stated.equals("alertEvidence") ? type : stated, inner);
                                },
                                () -> addBare(type, element));
            }
        }
    }

    private void addBare(String type, JsonNode element) {
        if (element.isValueNode()) {
            addText(bareKind(type), Texts.of(element));
        }
    }

    private static EntityKind bareKind(String type) {
        return switch (type) {
            case USER -> EntityKind.ACCOUNT;
            case DEVICE -> EntityKind.HOST;
            case IP -> EntityKind.IP_ADDRESS;
            case DOMAIN -> EntityKind.DOMAIN;
            case FILE -> EntityKind.FILE;
            case PROCESS -> EntityKind.PROCESS;
            case URL -> EntityKind.URL;
            default -> EntityKind.OTHER;
        };
    }

    private void collectUser(Members evidence) {
        evidence.inside("userAccount").ifPresentOrElse(this::collectAccount, () -> collectAccount(evidence));
    }

    /**
     * An account under all names that people search for: {@code contoso\jdoe}, {@code jdoe@contoso.com} and its SID. One
     * that has no name is called by its SID, or by its object's id.
     */
    private void collectAccount(Members account) {
        var name = account.name("accountName");
        var domain = account.name("domainName");
        var principal = account.name("userPrincipalName");
        if (!name.isBlank() && !domain.isBlank()) {
            addText(EntityKind.ACCOUNT, domain + "\\" + name);
        }
        addText(EntityKind.ACCOUNT, principal);
        if (principal.isBlank() && (name.isBlank() || domain.isBlank())) {
            add(EntityKind.ACCOUNT, account, "accountName", "displayName", "userSid", "azureAdUserId");
        }
        addSid(account, "userSid");
    }

    /** A SID that is the name already is not told twice. */
    private void addSid(Members members, String name) {
        var sid = members.name(name).strip();
        if (found.stream().noneMatch(entity -> entity.name().equalsIgnoreCase(sid))) {
            addText(EntityKind.SID, sid);
        }
    }

    private void collectDevice(Members evidence) {
        var host = evidence.name("hostName");
        var domain = evidence.name("dnsDomain");
        var qualified = host.isEmpty() || domain.isEmpty() ? host : host + "." + domain;
        var dnsName = evidence.name("deviceDnsName");
        if (!dnsName.isEmpty() || !qualified.isEmpty()) {
            addText(EntityKind.HOST, dnsName.isEmpty() ? qualified : dnsName);
        } else {
            add(EntityKind.HOST, evidence, "mdeDeviceId", "azureAdDeviceId");
        }
        add(EntityKind.IP_ADDRESS, evidence, "lastIpAddress");
        add(EntityKind.IP_ADDRESS, evidence, "lastExternalIpAddress");
        collectAll(IP, evidence, "ipInterfaces");
        for (var user : evidence.list("loggedOnUsers")) {
            Members.of(user).ifPresent(this::collectAccount);
        }
    }

    private void collectProcess(Members evidence) {
        evidence.inside("imageFile").ifPresent(file -> collectFile(EntityKind.PROCESS, file));
        evidence.inside("parentProcessImageFile").ifPresent(file -> collectFile(EntityKind.PROCESS, file));
        evidence.inside("userAccount").ifPresent(this::collectAccount);
    }

    /** A file, or the process that it became, by its name and by the hashes that people search for. */
    private void collectFile(EntityKind kind, Members file) {
        add(kind, file, "fileName");
        for (var hash : List.of("sha256", "sha1", "md5")) {
            addHash(file.name(hash));
        }
    }

    /** In small letters, as one tool writes them in capitals and the next does not. */
    private void addHash(String hash) {
        addText(EntityKind.HASH, hash.toLowerCase(Locale.ROOT));
    }

    /** A mail or chat message: what it is about, who sent it and to whom. */
    private void collectMessage(Members message) {
        add(
                EntityKind.OTHER,
                message,
                "subject",
                "internetMessageId",
                "networkMessageId",
                "messageId",
                "threadId",
                "submissionId",
                "urn");
        for (var sender : List.of("p2Sender", "p1Sender")) {
            message.inside(sender).ifPresent(from -> add(EntityKind.ACCOUNT, from, "emailAddress", "displayName"));
        }
        add(EntityKind.ACCOUNT, message, "sender", "senderFromAddress");
        add(EntityKind.ACCOUNT, message, "recipientEmailAddress", "recipient");
        collectAll(USER, message, "recipients", "submitter");
        add(EntityKind.IP_ADDRESS, message, "senderIp");
        collectAll(URL, message, "urls");
        collectAll(FILE, message, "files");
    }

    private void collectUnknown(Members evidence) {
        evidence.inside("userAccount").ifPresent(this::collectAccount);
        add(EntityKind.ACCOUNT, evidence, "userPrincipalName");
        add(EntityKind.HOST, evidence, "deviceDnsName");
        collectAll(IP, evidence, "ipAddress");
        add(EntityKind.URL, evidence, "url");
        if (found.isEmpty()) {
            add(EntityKind.OTHER, evidence, "displayName", "name", "resourceName", "fullName", "login");
        }
    }

    /** Whatever sounds most like a name, for what has none by its usual members. */
    private void nameByAnything(Members evidence) {
        for (var ending : NAMING_ENDINGS) {
            for (var member : evidence.object().properties()) {
                if (member.getKey().toLowerCase(Locale.ROOT).endsWith(ending)
                        && (ending.isEmpty()
                                ? member.getValue().isString()
                                : member.getValue().isValueNode())
                        && !member.getKey().endsWith("DateTime")
                        && !EvidenceParser.isNamedElsewhere(member.getKey())) {
                    addText(EntityKind.OTHER, Texts.of(member.getValue()));
                    if (!found.isEmpty()) {
                        return;
                    }
                }
            }
        }
    }

    private void add(EntityKind kind, Members members, String... names) {
        addText(kind, members.name(names));
    }

    private void addText(EntityKind kind, String name) {
        if (!name.isBlank()) {
            found.add(new Entity(kind, name.strip()));
        }
    }
}
