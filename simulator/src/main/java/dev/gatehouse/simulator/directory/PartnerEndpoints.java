package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /policies/crossTenantAccessPolicy/partners}. */
final class PartnerEndpoints {

    private static final String CONTEXT = "policies/crossTenantAccessPolicy/partners";
    private static final List<String> SETTINGS = List.of(
            "inboundTrust",
            "b2bCollaborationOutbound",
            "b2bCollaborationInbound",
            "b2bDirectConnectOutbound",
            "b2bDirectConnectInbound",
            "automaticUserConsentSettings",
            "tenantRestrictions");

    private PartnerEndpoints() {}

    static Answer answer(Caller caller, Request request, List<String> path) {
        return path.size() == 3 ? partners(caller, request) : one(caller, request, path.get(3));
    }

    private static void mayRead(Caller caller) {
        caller.needsPermission("Policy.Read.All", "Policy.ReadWrite.CrossTenantAccess");
        caller.needsRole(
                DirectoryRole.SECURITY_READER, DirectoryRole.GLOBAL_READER, DirectoryRole.SECURITY_ADMINISTRATOR);
    }

    private static void mayWrite(Caller caller) {
        caller.needsPermission("Policy.ReadWrite.CrossTenantAccess");
        caller.needsRole(DirectoryRole.SECURITY_ADMINISTRATOR);
    }

    private static Answer partners(Caller caller, Request request) {
        var directory = caller.directory();
        if (request.method().equals("GET")) {
            mayRead(caller);
            return Page.list(request, CONTEXT, directory.partners());
        }
        RequestBodies.onlyPost(request);
        mayWrite(caller);
        var asked = RequestBodies.object(request);
        var tenantId = RequestBodies.text(asked, "tenantId");
        var partner = Json.object().put("tenantId", tenantId).putNull("isServiceProvider");
        SETTINGS.forEach(partner::putNull);
        change(partner, asked);
        if (find(directory, tenantId).isPresent()
                || !directory.makeOnce(
                        "partner " + tenantId, () -> directory.partners().add(partner))) {
            throw DirectoryError.bad("Another object with the same value for property tenantId already exists.");
        }
        return Page.one(request, 201, CONTEXT, partner);
    }

    private static Answer one(Caller caller, Request request, String tenantId) {
        var directory = caller.directory();
        if (request.method().equals("GET")) {
            mayRead(caller);
        } else {
            mayWrite(caller);
        }
        var partner = find(directory, tenantId).orElseThrow(() -> DirectoryError.notFound(tenantId));
        return switch (request.method()) {
            case "GET" -> Page.one(request, 200, CONTEXT, partner);
            case "PATCH" -> {
                var changes = RequestBodies.object(request);
                if (directory.isNullRefused() && holdsNull(changes)) {
                    throw DirectoryError.bad("A null value was found for a property that does not allow null values.");
                }
                directory.replication().later(() -> change(partner, changes));
                yield Answer.empty(204);
            }
            case "DELETE" -> {
                directory.replication().later(() -> directory.partners().remove(partner));
                yield Answer.empty(204);
            }
            default -> throw RequestBodies.notAllowed(request);
        };
    }

    /** A group of settings is replaced as a whole; members that are not sent become null. */
    private static void change(ObjectNode partner, ObjectNode asked) {
        for (var field : asked.properties()) {
            if (!SETTINGS.contains(field.getKey())) {
                continue;
            }
            partner.set(field.getKey(), filled(field.getKey(), field.getValue()));
        }
    }

    private static JsonNode filled(String group, JsonNode value) {
        if (!(value instanceof ObjectNode given)) {
            return value;
        }
        var members =
                switch (group) {
                    case "inboundTrust" ->
                        Stream.of("isMfaAccepted", "isCompliantDeviceAccepted", "isHybridAzureADJoinedDeviceAccepted");
                    case "automaticUserConsentSettings" -> Stream.of("inboundAllowed", "outboundAllowed");
                    default -> Stream.<String>empty();
                };
        var whole = given.deepCopy();
        members.filter(member -> !whole.has(member)).forEach(member -> whole.put(member, false));
        return whole;
    }

    private static boolean holdsNull(JsonNode node) {
        return node.isNull() || node.valueStream().anyMatch(PartnerEndpoints::holdsNull);
    }

    private static Optional<ObjectNode> find(CustomerDirectory directory, String tenantId) {
        return directory.partners().stream()
                .filter(partner -> partner.path("tenantId").asString().equalsIgnoreCase(tenantId))
                .findFirst();
    }
}
