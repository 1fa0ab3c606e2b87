package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the accounts, hosts and addresses in a piece of evidence, the main one first. Which members hold them per type is
 * from Microsoft's CSDL; a type that is not listed is searched for the members that name the same things elsewhere.
 */
final class Entities {

    private final Set<Entity> found = new LinkedHashSet<>();

    private Entities() {}

    static List<Entity> in(String type, Members evidence) {
        var entities = new Entities();
        entities.collect(type, evidence);
        return List.copyOf(entities.found);
    }

    private void collect(String type, Members evidence) {
        switch (type) {
            case "userEvidence" -> collectUser(evidence);
            case "deviceEvidence" -> collectDevice(evidence);
            case "ipEvidence" -> add(EntityKind.IP_ADDRESS, evidence, "ipAddress");
            case "securityGroupEvidence" ->
                add(EntityKind.GROUP, evidence, "displayName", "friendlyName", "distinguishedName", "sid");
            case "activeDirectoryDomainEvidence" -> {
                add(EntityKind.DOMAIN, evidence, "activeDirectoryDomainName");
                collectAll("activeDirectoryDomainEvidence", evidence, "trustedDomains");
            }
            case "dnsEvidence" -> {
                add(EntityKind.DOMAIN, evidence, "domainName");
                collectAll("ipEvidence", evidence, "ipAddresses");
                collectAll("ipEvidence", evidence, "hostIpAddress");
                collectAll("ipEvidence", evidence, "dnsServerIp");
            }
            case "hostLogonSessionEvidence" -> {
                collectAll("userEvidence", evidence, "account");
                collectAll("deviceEvidence", evidence, "host");
            }
            case "cloudLogonSessionEvidence" -> {
                collectAll("userEvidence", evidence, "account");
                add(EntityKind.HOST, evidence, "deviceName");
            }
            case "networkConnectionEvidence" -> {
                collectAll("ipEvidence", evidence, "sourceAddress");
                collectAll("ipEvidence", evidence, "destinationAddress");
            }
            case "servicePrincipalEvidence" -> add(EntityKind.APPLICATION, evidence, "servicePrincipalName", "appId");
            case "oauthApplicationEvidence", "cloudApplicationEvidence" ->
                add(EntityKind.APPLICATION, evidence, "displayName", "instanceName", "appId");
            case "processEvidence" -> collectProcess(evidence);
            case "fileEvidence" ->
                evidence.inside("fileDetails").ifPresent(file -> add(EntityKind.FILE, file, "fileName", "sha256"));
            case "fileHashEvidence" -> add(EntityKind.FILE, evidence, "value");
            case "registryKeyEvidence", "registryValueEvidence" -> add(EntityKind.OTHER, evidence, "registryKey");
            case "mailboxEvidence", "mailboxConfigurationEvidence" -> {
                add(EntityKind.ACCOUNT, evidence, "primaryAddress", "mailboxPrimaryAddress", "upn");
                evidence.inside("userAccount").ifPresent(this::collectAccount);
            }
            case "urlEvidence" -> add(EntityKind.URL, evidence, "url");
            case "malwareEvidence" -> {
                add(EntityKind.OTHER, evidence, "name");
                collectAll("fileEvidence", evidence, "files");
                collectAll("processEvidence", evidence, "processes");
            }
            default -> collectUnknown(evidence);
        }
    }

    /** The same kind of evidence, or a bare text, inside another. What is inside says its own type at times. */
    private void collectAll(String type, Members evidence, String name) {
        for (var element : evidence.list(name)) {
            Members.of(element)
                    .ifPresentOrElse(
                            inner -> {
                                var stated = EvidenceParser.typeOf(inner);
                                collect(stated.equals("alertEvidence") ? type : stated, inner);
                            },
                            () -> addText(bareKind(type), Texts.of(element)));
        }
    }

    private static EntityKind bareKind(String type) {
        return switch (type) {
            case "userEvidence" -> EntityKind.ACCOUNT;
            case "deviceEvidence" -> EntityKind.HOST;
            case "ipEvidence" -> EntityKind.IP_ADDRESS;
            case "activeDirectoryDomainEvidence" -> EntityKind.DOMAIN;
            case "fileEvidence" -> EntityKind.FILE;
            case "processEvidence" -> EntityKind.PROCESS;
            default -> EntityKind.OTHER;
        };
    }

    private void collectUser(Members evidence) {
        evidence.inside("userAccount").ifPresentOrElse(this::collectAccount, () -> collectAccount(evidence));
    }

    /** An account under both names that people search for: {@code contoso\jdoe} and {@code jdoe@contoso.com}. */
    private void collectAccount(Members account) {
        var name = account.text("accountName");
        var domain = account.text("domainName");
        var upn = account.text("userPrincipalName");
        if (!name.isEmpty() && !domain.isEmpty()) {
            addText(EntityKind.ACCOUNT, domain + "\\" + name);
        }
        addText(EntityKind.ACCOUNT, upn);
        if (upn.isEmpty() && domain.isEmpty()) {
            add(EntityKind.ACCOUNT, account, "accountName", "displayName", "userSid", "azureAdUserId");
        }
    }

    private void collectDevice(Members evidence) {
        var host = evidence.text("hostName");
        var domain = evidence.text("dnsDomain");
        var qualified = host.isEmpty() || domain.isEmpty() ? host : host + "." + domain;
        var dnsName = evidence.text("deviceDnsName");
        if (!dnsName.isEmpty() || !qualified.isEmpty()) {
            addText(EntityKind.HOST, dnsName.isEmpty() ? qualified : dnsName);
        } else {
            add(EntityKind.HOST, evidence, "mdeDeviceId", "azureAdDeviceId");
        }
        add(EntityKind.IP_ADDRESS, evidence, "lastIpAddress");
        add(EntityKind.IP_ADDRESS, evidence, "lastExternalIpAddress");
        for (var address : evidence.texts("ipInterfaces")) {
            addText(EntityKind.IP_ADDRESS, address);
        }
        for (var user : evidence.list("loggedOnUsers")) {
            Members.of(user).ifPresent(this::collectAccount);
        }
    }

    private void collectProcess(Members evidence) {
        evidence.inside("imageFile").ifPresent(file -> add(EntityKind.PROCESS, file, "fileName"));
        evidence.inside("parentProcessImageFile").ifPresent(file -> add(EntityKind.PROCESS, file, "fileName"));
        evidence.inside("userAccount").ifPresent(this::collectAccount);
    }

    private void collectUnknown(Members evidence) {
        evidence.inside("userAccount").ifPresent(this::collectAccount);
        add(EntityKind.ACCOUNT, evidence, "userPrincipalName");
        add(EntityKind.HOST, evidence, "deviceDnsName");
        add(EntityKind.IP_ADDRESS, evidence, "ipAddress");
        add(EntityKind.URL, evidence, "url");
        if (found.isEmpty()) {
            add(EntityKind.OTHER, evidence, "displayName", "name", "resourceName", "fullName", "login");
        }
    }

    private void add(EntityKind kind, Members members, String... names) {
        addText(kind, members.text(names));
    }

    private void addText(EntityKind kind, String name) {
        if (!name.isBlank()) {
            found.add(new Entity(kind, name.strip()));
        }
    }
}
