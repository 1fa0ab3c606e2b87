package dev.gatehouse.simulator.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of the two lists: what can be filtered, how large pages may be, who may read it.
 *
 * <p>Sources: Microsoft Graph reference, "List alerts_v2" and "List incidents"; the roles are those that a real answer
 * 403 names (github.com/wazuh/wazuh-documentation, issue 7300).
 */
enum ListDefinition {
    ALERTS(
            "alerts_v2",
            "microsoft.graph.security.alert",
            "SecurityAlert.Read.All,SecurityAlert.ReadWrite.All,SecurityIncident.Read.All,SecurityIncident.ReadWrite.All",
            Map.of(
                    "assignedTo", new Property.Text(),
                    "classification", new Property.Member(Enumeration.CLASSIFICATION),
                    "determination", new Property.Member(Enumeration.DETERMINATION),
                    "createdDateTime", new Property.Time(),
                    "lastUpdateDateTime", new Property.Time(),
                    "severity", new Property.Member(Enumeration.ALERT_SEVERITY),
                    "serviceSource", new Property.Member(Enumeration.SERVICE_SOURCE),
                    "status", new Property.Member(Enumeration.ALERT_STATUS)),
            Set.of(
                    "id",
                    "providerAlertId",
                    "incidentId",
                    "alertPolicyId",
                    "detectorId",
                    "tenantId",
                    "category",
                    "title",
                    "description",
                    "recommendedActions",
                    "actorDisplayName",
                    "threatDisplayName",
                    "threatFamilyName",
                    "productName",
                    "alertWebUrl",
                    "incidentWebUrl",
                    "categories",
                    "mitreTechniques",
                    "systemTags",
                    "resolvedDateTime",
                    "firstActivityDateTime",
                    "lastActivityDateTime",
                    "detectionSource",
                    "investigationState",
                    "comments",
                    "evidence",
                    "additionalData",
                    "customDetails")),
    INCIDENTS(
            "incidents",
            "microsoft.graph.security.incident",
            "SecurityIncident.Read.All,SecurityIncident.ReadWrite.All",
            Map.of(
                    "assignedTo", new Property.Text(),
                    "classification", new Property.Member(Enumeration.CLASSIFICATION),
                    "determination", new Property.Member(Enumeration.DETERMINATION),
                    "createdDateTime", new Property.Time(),
                    "lastUpdateDateTime", new Property.Time(),
                    "severity", new Property.Member(Enumeration.ALERT_SEVERITY),
                    "status", new Property.Member(Enumeration.INCIDENT_STATUS)),
            Set.of(
                    "id",
                    "tenantId",
                    "displayName",
                    "description",
                    "summary",
                    "lastModifiedBy",
                    "resolvingComment",
                    "incidentWebUrl",
                    "redirectIncidentId",
                    "priorityScore",
                    "customTags",
                    "systemTags",
                    "comments",
                    "alerts"));

    private final String path;
    private final String typeName;
    private final String roles;

    @SuppressWarnings("ImmutableEnumChecker") // Map.of cannot be changed
    private final Map<String, Property> filterable;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<String> others;

    ListDefinition(String path, String typeName, String roles, Map<String, Property> filterable, Set<String> others) {
        this.path = path;
        this.typeName = typeName;
        this.roles = roles;
        this.filterable = filterable;
        this.others = others;
    }

    /** What a filter can compare a property with. */
    sealed interface Property {
        record Text() implements Property {}

        record Time() implements Property {}

        record Member(Enumeration enumeration) implements Property {}
    }

    String path() {
        return path;
    }

    String typeName() {
        return typeName;
    }

    /** Roles of which one is enough, in the order in which Microsoft lists them. */
    String roles() {
        return roles;
    }

    /** Those of them that may change a record. */
    String rolesToWrite() {
        return Arrays.stream(roles.split(",", -1))
                .filter(role -> role.endsWith(".ReadWrite.All")
                        && role.startsWith(this == ALERTS ? "SecurityAlert" : "SecurityIncident"))
                .collect(Collectors.joining(","));
    }

    Optional<Property> filterable(String property) {
        return Optional.ofNullable(filterable.get(property));
    }

    /** Whether records have a property of that name at all. */
    boolean has(String property) {
        return filterable.containsKey(property) || others.contains(property);
    }

    /** A copy of the record for clients that know nothing beyond {@code unknownFutureValue}. */
    ObjectNode withoutNewMembers(ObjectNode original) {
        var copy = original.deepCopy();
        if (this == INCIDENTS) {
            hide(copy, "status", Enumeration.INCIDENT_STATUS);
            copy.path("alerts").forEach(ListDefinition::hideInAlert);
        } else {
            hideInAlert(copy);
        }
        return copy;
    }

    private static void hideInAlert(JsonNode node) {
        if (node instanceof ObjectNode alert) {
            hide(alert, "serviceSource", Enumeration.SERVICE_SOURCE);
            hide(alert, "detectionSource", Enumeration.DETECTION_SOURCE);
            alert.path("evidence").forEach(ListDefinition::hideInEvidence);
        }
    }

    /** Evidence can hold evidence: a logon session has an account and a host. */
    private static void hideInEvidence(JsonNode node) {
        if (node instanceof ObjectNode evidence) {
            hide(evidence, "remediationStatus", Enumeration.REMEDIATION_STATUS);
            evidence.forEach(ListDefinition::hideInEvidence);
        } else if (node instanceof ArrayNode list) {
            list.forEach(ListDefinition::hideInEvidence);
        }
    }

    private static void hide(ObjectNode node, String property, Enumeration enumeration) {
        if (enumeration.isNew(node.path(property).asString(""))) {
            node.put(property, Enumeration.UNKNOWN_FUTURE_VALUE);
        }
    }
}
