package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.profile.ProviderProfile.TrustProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent to change the cross-tenant access of an organization. Graph replaces a group of settings as a whole, so that
 * what the customer set beside ours goes back with them; groups, and members of groups, that nobody has set come as null,
 * and are not sent, because tenants were seen to refuse a null.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/crosstenantaccesspolicyconfigurationpartner">
 *     crossTenantAccessPolicyConfigurationPartner</a>
 */
final class PartnerSettings {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> OURS = Set.of("tenantId", "inboundTrust", "automaticUserConsentSettings");

    private PartnerSettings() {}

    /** The groups that have to be sent so that everything wanted is on; empty when it is. Nothing is switched off. */
    static ObjectNode toSwitchOn(TrustProfile trust, Optional<ObjectNode> partner) {
        var changes = JSON.createObjectNode();
        switchOn(changes, partner, "inboundTrust", "isMfaAccepted", trust.multifactorAuthentication());
        switchOn(changes, partner, "inboundTrust", "isCompliantDeviceAccepted", trust.compliantDevices());
        switchOn(changes, partner, "inboundTrust", "isHybridAzureADJoinedDeviceAccepted", trust.hybridJoinedDevices());
        switchOn(changes, partner, "automaticUserConsentSettings", "inboundAllowed", trust.automaticRedemption());
        return changes;
    }

    private static void switchOn(
            ObjectNode changes, Optional<ObjectNode> partner, String group, String field, boolean wanted) {
        var present = partner.map(node -> node.path(group));
        var isOn = present.filter(node -> node.path(field).asBoolean(false)).isPresent();
        if (!wanted || isOn) {
            return;
        }
        var changed = changes.get(group) instanceof ObjectNode begun
                ? begun
                : present.filter(ObjectNode.class::isInstance)
                        .map(node -> withoutNulls((ObjectNode) node))
                        .orElseGet(JSON::createObjectNode);
        changed.put(field, true);
        changes.set(group, changed);
    }

    /** Only what was set. */
    private static ObjectNode withoutNulls(ObjectNode group) {
        var set = JSON.createObjectNode();
        group.properties().forEach(member -> {
            switch (member.getValue()) {
                case ObjectNode inner -> set.set(member.getKey(), withoutNulls(inner));
                case JsonNode value when value.isNull() -> {}
                case JsonNode value -> set.set(member.getKey(), value);
            }
        });
        return set;
    }

    /** Whether the customer has set more than the groups that are ours. */
    static boolean isConfiguredFurther(ObjectNode partner) {
        return partner.properties().stream()
                .filter(field ->
                        !OURS.contains(field.getKey()) && !field.getKey().startsWith("@"))
                .anyMatch(field -> !field.getValue().isNull()
                        && !(field.getValue().isBoolean() && !field.getValue().booleanValue()));
    }

    /**
     * What has to be sent to undo a change. The switches that we turned on go back; what the customer switched beside them
     * stays as it is now.
     *
     * @param before the groups as they were
     */
    static ObjectNode toRestore(ObjectNode present, JsonNode before) {
        var fields = JSON.createObjectNode();
        before.properties()
                .forEach(group ->
                        fields.set(group.getKey(), restoredGroup(present.path(group.getKey()), group.getValue())));
        return fields;
    }

    private static JsonNode restoredGroup(JsonNode present, JsonNode before) {
        if (!(present instanceof ObjectNode now)) {
            return before;
        }
        var restored = withoutNulls(now);
        for (var name : List.copyOf(restored.propertyNames())) {
            var value = before.path(name);
            if (restored.path(name).asBoolean(false) && !value.asBoolean(false)) {
                restored.put(name, false);
            }
        }
        var isAllOff = restored.properties().stream()
                .noneMatch(field -> field.getValue().asBoolean(false));
        return !before.isObject() && isAllOff ? JSON.getNodeFactory().nullNode() : restored;
    }

    /** What lets our groups go: from then on the tenant's default holds for them. */
    static ObjectNode toForget() {
        return JSON.createObjectNode().putNull("inboundTrust").putNull("automaticUserConsentSettings");
    }

    /** The same for a tenant that takes no null: switched off, which is Microsoft's default. */
    static ObjectNode offInPlaceOfNull(ObjectNode fields) {
        var off = fields.deepCopy();
        if (off.path("inboundTrust").isNull()) {
            off.putObject("inboundTrust")
                    .put("isMfaAccepted", false)
                    .put("isCompliantDeviceAccepted", false)
                    .put("isHybridAzureADJoinedDeviceAccepted", false);
        }
        if (off.path("automaticUserConsentSettings").isNull()) {
            off.putObject("automaticUserConsentSettings").put("inboundAllowed", false);
        }
        return off;
    }
}
