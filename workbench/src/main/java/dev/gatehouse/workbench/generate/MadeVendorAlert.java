package dev.gatehouse.workbench.generate;

import dev.gatehouse.model.Original;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vendor alert as Microsoft would send it.
 *
 * @param id Microsoft's
 * @param incident id of the vendor incident that it is in
 * @param kind what was detected
 * @param directory where
 * @param accounts who was involved, the attacker first
 * @param hosts where it was seen
 * @param addresses where it came from
 * @param began when the activity began
 * @param created when Microsoft made it
 * @param updated when Microsoft last changed it
 * @param status in Microsoft's word
 */
record MadeVendorAlert(
        String id,
        String incident,
        Catalogue.Kind kind,
        Directory directory,
        List<String> accounts,
        List<String> hosts,
        List<String> addresses,
        Instant began,
        Instant created,
        Instant updated,
        String status) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    MadeVendorAlert {
        accounts = List.copyOf(accounts);
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
    }

    /** The next one in a directory, found a while before it was fetched. */
    static MadeVendorAlert next(Catalogue catalogue, Directory directory, String id, String incident, Instant fetched) {
        var dice = directory.dice();
        var created = fetched.minus(dice.between(Duration.ofSeconds(20), Duration.ofMinutes(8)));
        return new MadeVendorAlert(
                id,
                incident,
                dice.oftenFirst(catalogue.all()),
                directory,
                dice.chance(0.3)
                        ? List.of(dice.oftenFirst(directory.accounts()), dice.of(directory.accounts()))
                        : List.of(dice.oftenFirst(directory.accounts())),
                dice.chance(0.5)
                        ? List.of(dice.oftenFirst(directory.hosts()), dice.of(directory.hosts()))
                        : List.of(dice.oftenFirst(directory.hosts())),
                dice.chance(0.6) ? List.of(dice.oftenFirst(directory.addresses())) : List.of(),
                created.minus(dice.between(Duration.ofMinutes(2), Duration.ofHours(3))),
                created,
                created,
                "new");
    }

    /** The same again about the same accounts, seen from where this is. */
    MadeVendorAlert like(MadeVendorAlert other) {
        return new MadeVendorAlert(
                id,
                incident,
                other.kind,
                directory,
                other.accounts,
                other.hosts,
                addresses,
                began,
                created,
                updated,
                status);
    }

    /** What has become of it. */
    MadeVendorAlert changed(Instant at, String to) {
        return new MadeVendorAlert(id, incident, kind, directory, accounts, hosts, addresses, began, created, at, to);
    }

    /** In the JSON of Graph. */
    Original original() {
        var text = JSON.objectNode()
                .put("@odata.type", "#microsoft.graph.security.alert")
                .put("id", id)
                .put("providerAlertId", id)
                .put("incidentId", incident)
                .put("status", status)
                .put("severity", kind.severity())
                .put("classification", status.equals("resolved") ? "informationalExpectedActivity" : "unknown")
                .put("determination", "unknown")
                .put("serviceSource", "microsoftDefenderForIdentity")
                .put("detectionSource", "microsoftDefenderForIdentity")
                .put("productName", "Microsoft Defender for Identity")
                .put("detectorId", kind.detector())
                .put("tenantId", directory.tenant().toString())
                .put("title", kind.title())
                .put("description", kind.description())
                .put(
                        "recommendedActions",
                        "Validate the alert: ask the owner of the account. Investigate the source computer. Reset the password of the account, and look for other activity from the same address.")
                .put("category", "CredentialAccess")
                .put("alertWebUrl", "https://security.microsoft.com/alerts/%s?tid=%s".formatted(id, directory.tenant()))
                .put(
                        "incidentWebUrl",
                        "https://security.microsoft.com/incidents/%s?tid=%s".formatted(incident, directory.tenant()))
                .put("createdDateTime", created.toString())
                .put("lastUpdateDateTime", updated.toString())
                .put("firstActivityDateTime", began.toString())
                .put("lastActivityDateTime", created.toString());
        if (status.equals("resolved")) {
            text.put("resolvedDateTime", updated.toString());
        }
        var techniques = text.putArray("mitreTechniques");
        kind.techniques().forEach(techniques::add);
        text.putArray("comments");
        var evidence = text.putArray("evidence");
        for (var at = 0; at < accounts.size(); at++) {
            evidence.add(user(accounts.get(at), at == 0 ? "attacker" : "compromised"));
        }
        for (var at = 0; at < hosts.size(); at++) {
            evidence.add(host(hosts.get(at), at == 0 ? "source" : "destination"));
        }
        addresses.forEach(
                address -> evidence.add(evidence("ipEvidence", "source").put("ipAddress", address)));
        return new Original(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode evidence(String type, String role) {
        var node = JSON.objectNode()
                .put("@odata.type", "#microsoft.graph.security." + type)
                .put("createdDateTime", created.toString())
                .put("verdict", "suspicious")
                .put("remediationStatus", "none");
        node.putArray("roles").add(role);
        return node;
    }

    private ObjectNode user(String account, String role) {
        var node = evidence("userEvidence", role);
        node.putObject("userAccount")
                .put("accountName", account)
                .put(
                        "domainName",
                        directory
                                .domain()
                                .substring(0, directory.domain().indexOf('.'))
                                .toUpperCase(Locale.ROOT))
                .put("userPrincipalName", account + "@" + directory.domain())
                .put("displayName", account);
        return node;
    }

    private ObjectNode host(String host, String role) {
        return evidence("deviceEvidence", role)
                .put("deviceDnsName", host + "." + directory.domain())
                .put("hostName", host)
                .put("osPlatform", "Windows11")
                .put("healthStatus", "active");
    }

    /** The vendor incident that it is in, as it is when this is in it. */
    Original incidentOriginal() {
        var text = JSON.objectNode()
                .put("id", incident)
                .put("displayName", kind.title() + " on one endpoint")
                .put("severity", kind.severity())
                .put("status", "active")
                .put("classification", "unknown")
                .put("determination", "unknown")
                .put("tenantId", directory.tenant().toString())
                .put(
                        "incidentWebUrl",
                        "https://security.microsoft.com/incidents/%s?tid=%s".formatted(incident, directory.tenant()))
                .put("createdDateTime", created.toString())
                .put("lastUpdateDateTime", updated.toString());
        text.putArray("customTags");
        text.putArray("systemTags");
        text.putArray("comments");
        return new Original(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
