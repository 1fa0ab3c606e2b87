package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells in the tables AlertInfo and AlertEvidence what an alert tells in Graph. */
final class AlertRows {

    private AlertRows() {}

    static Map<String, @Nullable Object> info(Detection alert) {
        var detector = alert.detector();
        return Map.of(
                "Timestamp", alert.created(),
                "AlertId", alert.id(),
                "Title", detector.title(),
                "Category", detector.category(),
                "Severity", capitalised(detector.severity()),
                "ServiceSource", alert.product().serviceName(),
                "DetectionSource", alert.product().displayName,
                "AttackTechniques", techniques(detector));
    }

    /**
     * A row for one thing that the alert shows.
     *
     * @param evidence as Graph shows it
     * @param at when the alert showed it first
     */
    static Map<String, @Nullable Object> evidence(Detection alert, ObjectNode evidence, Instant at) {
        var detector = alert.detector();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("Timestamp", at);
        row.put("AlertId", alert.id());
        row.put("Title", detector.title());
        row.put("Categories", jsonArray(detector.categories()));
        row.put("AttackTechniques", techniques(detector));
        row.put("ServiceSource", alert.product().serviceName());
        row.put("DetectionSource", alert.product().displayName);
        row.put("Severity", capitalised(detector.severity()));
        row.put("EntityType", entityType(evidence));
        var isImpacted = hasRole(evidence, "compromised") || hasRole(evidence, "attacked");
        row.put("EvidenceRole", isImpacted ? "Impacted" : "Related");
        if (hasRole(evidence, "source") || hasRole(evidence, "attacker")) {
            row.put("EvidenceDirection", "Source");
        } else if (hasRole(evidence, "destination")) {
            row.put("EvidenceDirection", "Destination");
        }
        fill(row, evidence);
        row.put("AdditionalFields", evidence.toString());
        return Map.copyOf(row);
    }

    private static void fill(Map<String, @Nullable Object> row, ObjectNode evidence) {
        switch (entityType(evidence)) {
            case "User" -> fillAccount(row, evidence.path("userAccount"));
            case "Machine" -> {
                copy(evidence, "mdeDeviceId", row, "DeviceId");
                copy(evidence, "deviceDnsName", row, "DeviceName");
                copy(evidence, "lastIpAddress", row, "LocalIP");
            }
            case "Ip" -> copy(evidence, "ipAddress", row, "RemoteIP");
            case "File" -> fillFile(row, evidence.path("fileDetails"));
            case "Process" -> {
                copy(evidence, "processCommandLine", row, "ProcessCommandLine");
                fillFile(row, evidence.path("imageFile"));
                fillAccount(row, evidence.path("userAccount"));
            }
            case "CloudApplication" -> {
                copy(evidence, "displayName", row, "Application");
                row.put("ApplicationId", evidence.path("appId").asLong());
            }
            case "HostLogonSession", "CloudLogonSession" ->
                fillAccount(row, evidence.path("account").path("userAccount"));
            default -> {
                // The other kinds have no columns of their own; AdditionalFields carries them whole.
            }
        }
    }

    private static void fillAccount(Map<String, @Nullable Object> row, JsonNode account) {
        copy(account, "accountName", row, "AccountName");
        copy(account, "domainName", row, "AccountDomain");
        copy(account, "userSid", row, "AccountSid");
        copy(account, "azureAdUserId", row, "AccountObjectId");
        copy(account, "userPrincipalName", row, "AccountUpn");
    }

    private static void fillFile(Map<String, @Nullable Object> row, JsonNode file) {
        copy(file, "fileName", row, "FileName");
        copy(file, "filePath", row, "FolderPath");
        copy(file, "sha256", row, "SHA256");
        row.put("FileSize", file.path("fileSize").asLong());
    }

    private static void copy(JsonNode from, String property, Map<String, @Nullable Object> row, String column) {
        var value = from.path(property);
        if (value.isString()) {
            row.put(column, value.stringValue());
        }
    }

    /** {@code #microsoft.graph.security.deviceEvidence} is a {@code Machine} here. */
    private static String entityType(ObjectNode evidence) {
        var type = evidence.path("@odata.type").asString();
        var name = type.substring(type.lastIndexOf('.') + 1).replace("Evidence", "");
        return name.equals("device") ? "Machine" : capitalised(name);
    }

    private static boolean hasRole(ObjectNode evidence, String role) {
        return evidence.path("roles").valueStream().anyMatch(value -> value.asString()
                .equals(role));
    }

    private static String techniques(Detector detector) {
        return jsonArray(detector.techniques().stream()
                .map(Catalogue.standard()::spelledOut)
                .toList());
    }

    private static String jsonArray(List<String> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array.toString();
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
