package dev.gatehouse.workbench.web.api.vendor;

import static dev.gatehouse.workbench.web.api.resources.Attribute.always;
import static dev.gatehouse.workbench.web.api.resources.Attribute.computed;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.texts;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.through;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNobody;

import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.alerts.AlertViews;
import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertViews;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.records.VendorAlerts.Known;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Key;
import dev.gatehouse.workbench.web.api.resources.Relation;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/**
 * {@code vendor_alerts}: what Microsoft sent as alerts, {@code vendor_alert_evidences}: what they name, of which {@code
 * ip_addresses} are a part, and {@code vendors}.
 */
@Component
class VendorAlertResources implements Description {

    private static final String ALERTS = "vendor_alerts";
    private static final String EVIDENCES = "vendor_alert_evidences";
    private static final String ADDRESSES = "ip_addresses";
    private static final String VENDORS = "vendors";
    private static final String MICROSOFT = "microsoft";

    private final VendorAlerts alerts;

    VendorAlertResources(VendorAlerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public List<Resource> resources() {
        return List.of(alerts(), evidences(), addresses(), vendors());
    }

    private Resource alerts() {
        return Resource.of(ALERTS, VendorAlertViews.ALERTS)
                .says("What Microsoft sent as alerts: the attributes of the known product, then Microsoft's own words."
                        + " original, the record as it came, stands in the answer for one alert alone.")
                .knownBy(Key.ofTenant("tenant_id", "id"))
                .has(
                        text("original_alert_id").from("id"),
                        text("original_source_id").from("provider_id"),
                        text("vendor_sig_name").from("title"),
                        computed("vendor_message", Type.TEXT),
                        computed("description", Type.TEXT),
                        text("vendor_severity")
                                .from("severity_class")
                                .of(List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "TESTING", "TUNING")),
                        text("signature_id").from("detector_id"),
                        always("status", Type.TEXT, "NORMAL").of(List.of("NORMAL", "PROVISIONAL")),
                        time("first_seen").from("created_at"),
                        time("evidence_activity_start_at").from("first_activity"),
                        time("evidence_activity_end_at").from("last_activity"),
                        computed("evidence_summary", Type.JSON),
                        computed("signals", Type.JSON),
                        time("created_at"),
                        time("updated_at"))
                .has(
                        text("tenant_id").from("directory"),
                        text("incident_id"),
                        text("severity").of(List.of("high", "medium", "low", "informational", "unknown")),
                        text("microsoft_severity"),
                        text("microsoft_status").from("status").of(List.of("new", "inProgress", "resolved")),
                        text("classification"),
                        text("determination"),
                        text("category"),
                        text("service_source"),
                        text("detection_source"),
                        computed("product_name", Type.TEXT),
                        text("assigned_to"),
                        computed("alert_web_url", Type.TEXT),
                        computed("recommended_actions", Type.TEXT),
                        computed("resolved_at", Type.TIME),
                        texts("mitre_techniques").from("techniques"),
                        text("device_name"),
                        integer("versions"),
                        time("received_at").from("first_seen_at"),
                        time("last_changed_at"),
                        computed("original", Type.JSON))
                .leadsTo(
                        one("security_device", "security_devices", "device_id")
                                .filteredAs(through(
                                        "security_device",
                                        "security_devices",
                                        VendorAlertViews.SHOWN_BY,
                                        List.of("tenant_id", "vendor_alert_id"),
                                        List.of("device_id"))),
                        one("organization", "organizations", "organization_id"),
                        one("vendor", VENDORS, "vendor_id"),
                        through(
                                "expel_alerts",
                                "expel_alerts",
                                AlertViews.VENDOR_ALERTS,
                                List.of("tenant_id", "vendor_alert_id"),
                                List.of("alert_id")),
                        many("evidences", EVIDENCES, "tenant_id", "alert_id"),
                        addressesBy(VendorAlertViews.ADDRESSES_OF_VENDOR_ALERTS)
                                .filteredAs(addressesBy(VendorAlertViews.VENDOR_ALERTS_OF_ADDRESSES)),
                        toNobody("assembler", "assemblers"))
                .sortedBy("-created_at")
                .ranked("vendor_severity", "severity_rank")
                .ranked("severity", "severity_rank")
                .searchedBy(VendorAlertViews.HAS_TEXT, VendorAlertViews.HAVING_TEXT)
                .counted(this::count)
                .computed(this::add)
                .build();
    }

    private static Relation addressesBy(ReadView links) {
        return through(
                ADDRESSES, ADDRESSES, links, List.of("tenant_id", "vendor_alert_id"), List.of("tenant_id", "name"));
    }

    private long count(Scope scope) {
        return alerts.countBySeverity(scope, VendorAlertFilter.ALL).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void add(List<Row> rows, Scope scope, boolean isWhole) {
        var opened = alerts.present(
                scope, rows.stream().map(VendorAlertResources::known).collect(Collectors.toSet()));
        for (var row : rows) {
            var alert = opened.get(known(row));
            if (alert != null) {
                add(row, alert);
                if (isWhole) {
                    row.with(
                            "original",
                            JsonNodeFactory.instance.rawValueNode(
                                    new RawValue(alert.original().text())));
                }
            }
        }
    }

    private static Known known(Row row) {
        return new Known(TenantId.parse(row.text("tenant_id")), row.text("id"));
    }

    private static void add(Row row, VendorAlert alert) {
        row.with("vendor_message", alert.description())
                .with("description", alert.description())
                .with("evidence_summary", evidence(alert))
                .with("signals", JsonNodeFactory.instance.arrayNode())
                .with("product_name", alert.productName())
                .with("alert_web_url", alert.webUrl())
                .with("recommended_actions", alert.recommendedActions())
                .with("resolved_at", alert.resolved());
    }

    /** One object for each piece, with its kind as the only key, as known clients expect it. */
    private static ArrayNode evidence(VendorAlert alert) {
        var summary = JsonNodeFactory.instance.arrayNode();
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
        return summary;
    }

    private static Resource evidences() {
        return Resource.of(EVIDENCES, VendorAlertViews.EVIDENCE)
                .says("The accounts, hosts, addresses and other things that vendor alerts name.")
                .knownBy(new Key(List.of(
                        new Key.Part("tenant_id", "uuid"),
                        new Key.Part("alert_id", "text"),
                        new Key.Part("kind", "text"),
                        new Key.Part("name", "text"))))
                .has(
                        text("evidence").from("name"),
                        text("evidence_type")
                                .of(List.of(
                                        "HOSTNAME",
                                        "URL",
                                        "PROCESS_ARGUMENTS",
                                        "PROCESS_PATH",
                                        "PROCESS_MD5",
                                        "USERNAME",
                                        "SRC_IP",
                                        "DST_IP",
                                        "PARENT_ARGUMENTS",
                                        "PARENT_PATH",
                                        "PARENT_MD5",
                                        "SRC_USERNAME",
                                        "DST_USERNAME",
                                        "ALERT_ACTION",
                                        "ALERT_DESCRIPTION",
                                        "ALERT_MESSAGE",
                                        "ALERT_NAME",
                                        "SRC_PORT",
                                        "DST_PORT",
                                        "USER_AGENT",
                                        "VENDOR_NAME",
                                        "DOMAIN",
                                        "FILE_HASH",
                                        "FILE_PATH")),
                        text("kind"),
                        texts("roles"))
                .leadsTo(
                        one("vendor_alert", ALERTS, "tenant_id", "alert_id"),
                        one("organization", "organizations", "organization_id"),
                        through(
                                "evidenced_expel_alerts",
                                "expel_alerts",
                                AlertViews.VENDOR_ALERTS,
                                List.of("tenant_id", "vendor_alert_id"),
                                List.of("alert_id")))
                .build();
    }

    private static Resource addresses() {
        return Resource.of(ADDRESSES, VendorAlertViews.ADDRESSES)
                .says("Addresses that vendor alerts name, or have named, each once by its directory.")
                .knownBy(Key.ofTenant("tenant_id", "name"))
                .has(text("address").from("name"), none("created_at", Type.TIME), none("updated_at", Type.TIME))
                .leadsTo(
                        one("organization", "organizations", "organization_id"),
                        through(
                                ALERTS,
                                ALERTS,
                                VendorAlertViews.VENDOR_ALERTS_OF_ADDRESSES,
                                List.of("tenant_id", "name"),
                                List.of("tenant_id", "vendor_alert_id")),
                        alertsOf("source_expel_alerts", AlertViews.ALERTS_BY_SOURCE),
                        alertsOf("destination_expel_alerts", AlertViews.ALERTS_BY_DESTINATION),
                        through(
                                "investigations",
                                "investigations",
                                AlertViews.INVESTIGATIONS_OF_ADDRESSES,
                                List.of("tenant_id", "name"),
                                List.of("investigation_id")))
                .build();
    }

    private static Relation alertsOf(String name, ReadView links) {
        return through(name, "expel_alerts", links, List.of("tenant_id", "name"), List.of("alert_id"));
    }

    private static Resource vendors() {
        return Resource.of(
                        VENDORS,
                        scope -> List.of(new Row().with("id", MICROSOFT).with("name", "Microsoft")))
                .says("Whose products are read: Microsoft's.")
                .knownBy(Key.text("id"))
                .has(text("name"), none("icon", Type.TEXT))
                .leadsTo(
                        many("vendor_alerts", ALERTS, "vendor_id"),
                        many("expel_alerts", "expel_alerts", "vendor_id"),
                        many("security_devices", "security_devices", "vendor_id"))
                .build();
    }
}
