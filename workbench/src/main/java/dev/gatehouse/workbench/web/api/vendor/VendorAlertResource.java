package dev.gatehouse.workbench.web.api.vendor;

import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.Verbatim;
import dev.gatehouse.workbench.records.VendorAlertRow;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A vendor alert as a resource: the attributes of the known product first, then Microsoft's own words. */
final class VendorAlertResource {

    static final String TYPE = Relations.ALERTS;
    static final String PATH = Relations.ALERTS_PATH;

    private VendorAlertResource() {}

    static ObjectNode of(VendorAlertRow row, VendorAlert alert) {
        var resource = Documents.resource(TYPE, Relations.alertId(row.tenant(), row.id()));
        var attributes = Documents.attributes(resource);
        attributes
                .put("original_alert_id", row.id())
                .put("original_source_id", alert.providerAlertId())
                .put("vendor_sig_name", row.title())
                .put("vendor_message", alert.description())
                .put("description", alert.description())
                .put("vendor_severity", vendorSeverity(row.severity()))
                .put("signature_id", row.detectorId())
                .put("status", "NORMAL")
                .put("first_seen", Documents.time(row.created()))
                .put("evidence_activity_start_at", Documents.time(row.firstActivity()))
                .put("evidence_activity_end_at", Documents.time(row.lastActivity()))
                .put("created_at", Documents.time(row.created()))
                .put("updated_at", Documents.time(row.updated()));
        evidence(attributes.putArray("evidence_summary"), alert);
        attributes.putArray("signals");
        microsoft(attributes, row, alert);
        attributes
                .put("device_name", row.deviceName())
                .put("versions", row.versions())
                .put("received_at", Documents.time(row.firstSeen()))
                .put("last_changed_at", Documents.time(row.lastChanged()));
        resource.putObject("links").put("self", Relations.alertAddress(row.tenant(), row.id()));
        row.device().ifPresent(device -> Relations.toDevice(resource, device));
        return resource;
    }

    private static void microsoft(ObjectNode attributes, VendorAlertRow row, VendorAlert alert) {
        attributes
                .put("tenant_id", row.tenant().toString())
                .put("incident_id", row.incidentId())
                .put("microsoft_severity", row.severity().written())
                .put("microsoft_status", row.status().written())
                .put("classification", alert.classification().written())
                .put("determination", alert.determination())
                .put("category", row.category())
                .put("service_source", alert.serviceSource())
                .put("detection_source", alert.detectionSource())
                .put("product_name", alert.productName())
                .put("assigned_to", row.assignedTo())
                .put("alert_web_url", alert.webUrl())
                .put("recommended_actions", alert.recommendedActions())
                .put("resolved_at", Documents.time(alert.resolved()));
        var techniques = attributes.putArray("mitre_techniques");
        row.techniques().forEach(techniques::add);
    }

    /** One object for each piece, with its kind as the only key, as known clients expect it. */
    private static void evidence(ArrayNode summary, VendorAlert alert) {
        for (Evidence evidence : alert.evidence()) {
            var piece = summary.addObject().putObject(evidence.type());
            var roles = piece.putArray("roles");
            evidence.roles().forEach(roles::add);
            piece.put("verdict", evidence.verdict()).put("remediation_status", evidence.remediationStatus());
            var entities = piece.putArray("entities");
            evidence.entities().forEach(entity -> entities.addObject()
                    .put("kind", entity.kind().name().toLowerCase(Locale.ROOT))
                    .put("name", entity.name()));
            var details = piece.putObject("details");
            evidence.details().forEach(details::put);
        }
    }

    /** CRITICAL is never Microsoft's: it is what an analyst decides. */
    private static String vendorSeverity(Verbatim<Severity> severity) {
        return switch (severity.known().orElse(Severity.UNKNOWN)) {
            case HIGH -> "HIGH";
            case MEDIUM -> "MEDIUM";
            case LOW, INFORMATIONAL, UNKNOWN -> "LOW";
        };
    }
}
