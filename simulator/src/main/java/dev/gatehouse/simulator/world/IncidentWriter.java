package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes incidents as {@code microsoft.graph.security.incident}. Most of what an incident says is a summary of its
 * alerts; names follow Microsoft's pattern, "Multi-stage incident involving Credential access &amp; Lateral movement on
 * multiple endpoints reported by multiple sources".
 */
final class IncidentWriter {

    private static final List<String> SEVERITIES = List.of("unknown", "informational", "low", "medium", "high");

    private IncidentWriter() {}

    static ObjectNode blank(String id, Domain domain, Instant created) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("id", id);
        node.put("tenantId", domain.tenantId());
        node.put("status", "active");
        node.put("incidentWebUrl", webUrl(id, domain));
        node.putNull("redirectIncidentId");
        node.putNull("displayName");
        node.put("createdDateTime", Timestamps.text(created));
        node.put("lastUpdateDateTime", Timestamps.text(created));
        node.putNull("assignedTo");
        node.put("classification", "unknown");
        node.put("determination", "unknown");
        node.put("severity", "unknown");
        node.put("priorityScore", 0);
        node.putArray("customTags");
        node.putArray("systemTags");
        node.putNull("description");
        node.putNull("summary");
        node.put("lastModifiedBy", "Microsoft 365 Defender-IncidentCreation");
        node.putNull("resolvingComment");
        node.putArray("comments");
        return node;
    }

    static String webUrl(String id, Domain domain) {
        return "https://security.microsoft.com/incidents/%s?tid=%s".formatted(id, domain.tenantId());
    }

    /** Names and rates the incident by its alerts. One that was merged away keeps what it said last. */
    static void sumUp(ObjectNode incident, List<ObjectNode> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        var severity = alerts.stream()
                .mapToInt(alert -> SEVERITIES.indexOf(alert.path("severity").asString()))
                .max()
                .orElse(0);
        incident.put("severity", SEVERITIES.get(severity));
        incident.put("priorityScore", Math.min(100, severity * 20 + alerts.size() * 2));
        incident.put("displayName", name(alerts));
    }

    private static String name(List<ObjectNode> alerts) {
        var sources = distinct(alerts, "serviceSource").size() > 1 ? " reported by multiple sources" : "";
        return subject(alerts) + scope(alerts) + sources;
    }

    private static String subject(List<ObjectNode> alerts) {
        if (alerts.size() == 1) {
            return alerts.getFirst().path("title").asString();
        }
        var tactics = distinct(alerts, "category").stream()
                .map(IncidentWriter::spelledOut)
                .toList();
        return tactics.size() == 1
                ? tactics.getFirst() + " incident"
                : "Multi-stage incident involving %s & %s".formatted(tactics.getFirst(), tactics.getLast());
    }

    private static String scope(List<ObjectNode> alerts) {
        var endpoints = countInEvidence(alerts, "deviceDnsName", "");
        if (endpoints > 0) {
            return endpoints == 1 ? " on one endpoint" : " on multiple endpoints";
        }
        var users = countInEvidence(alerts, "userAccount", "userSid");
        return users == 1 ? " involving one user" : users > 1 ? " involving multiple users" : "";
    }

    private static List<String> distinct(List<ObjectNode> alerts, String property) {
        return alerts.stream()
                .map(alert -> alert.path(property).asString())
                .distinct()
                .toList();
    }

    private static long countInEvidence(List<ObjectNode> alerts, String property, String inner) {
        return alerts.stream()
                .flatMap(alert -> alert.path("evidence").valueStream())
                .map(item -> item.path(property))
                .map(value -> inner.isEmpty() ? value : value.path(inner))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .distinct()
                .count();
    }

    /** {@code LateralMovement} is "Lateral movement" in a name. */
    private static String spelledOut(String category) {
        var words = category.replaceAll("(?<!^)([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
