package dev.gatehouse.simulator.world;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an alert as {@code microsoft.graph.security.alert}, with the property names and types of Graph's metadata. */
final class AlertWriter {

    private final Domain domain;

    AlertWriter(Domain domain) {
        this.domain = domain;
    }

    /** A new alert, not yet part of an incident. */
    ObjectNode write(Detection alert, Instant lastUpdate) {
        var detector = alert.detector();
        var node = JsonNodeFactory.instance.objectNode();
        node.put("id", alert.id());
        node.put("providerAlertId", alert.providerAlertId());
        node.putNull("incidentId");
        node.put("status", "new");
        node.put("severity", detector.severity());
        node.put("classification", "unknown");
        node.put("determination", "unknown");
        node.put("serviceSource", alert.product().serviceSource);
        node.put("detectionSource", alert.product().detectionSource);
        node.put("productName", alert.product().displayName);
        node.put("detectorId", detector.id());
        node.put("tenantId", domain.tenantId());
        node.put("title", detector.title());
        node.put("description", alert.description());
        node.put("recommendedActions", RecommendedActions.about(detector));
        node.put("category", detector.category());
        var categories = node.putArray("categories");
        detector.categories().forEach(categories::add);
        node.putNull("assignedTo");
        node.put(
                "alertWebUrl",
                "https://security.microsoft.com/alerts/%s?tid=%s".formatted(alert.id(), domain.tenantId()));
        node.putNull("incidentWebUrl");
        node.putNull("actorDisplayName");
        node.putNull("threatDisplayName");
        node.putNull("threatFamilyName");
        node.putNull("alertPolicyId");
        node.putNull("investigationState");
        var techniques = node.putArray("mitreTechniques");
        detector.techniques().forEach(techniques::add);
        node.put("createdDateTime", Timestamps.text(alert.created()));
        node.put("lastUpdateDateTime", Timestamps.text(lastUpdate));
        node.putNull("resolvedDateTime");
        node.put("firstActivityDateTime", Timestamps.text(alert.firstActivity()));
        node.put("lastActivityDateTime", Timestamps.text(alert.lastActivity()));
        node.putArray("comments");
        var evidence = node.putArray("evidence");
        alert.evidence().forEach(item -> evidence.add(item.render(alert.created())));
        node.putArray("systemTags");
        writeAdditionalData(node, detector);
        node.putNull("customDetails");
        return node;
    }

    /** The open part of an alert. Real ones carry OData annotations among its members, so a reader has to bear them. */
    private static void writeAdditionalData(ObjectNode node, Detector detector) {
        if (detector.isOnTheNewerEngine()) {
            node.putNull("additionalData");
            return;
        }
        node.putObject("additionalData")
                .put("AlertName", detector.title())
                .put("EvidenceCount@odata.type", "#Int64")
                .put("EvidenceCount", node.get("evidence").size());
    }
}
