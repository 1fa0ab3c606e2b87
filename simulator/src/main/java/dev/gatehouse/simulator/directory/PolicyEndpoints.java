package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /policies}: who may invite, what applications may sign in with, cross-tenant access. */
final class PolicyEndpoints {

    private static final String CROSS_TENANT = "crossTenantAccessPolicy";

    private PolicyEndpoints() {}

    static Answer answer(Caller caller, Request request, List<String> path) {
        if (path.size() > 2 && path.get(1).equals(CROSS_TENANT) && path.get(2).equals("partners")) {
            return PartnerEndpoints.answer(caller, request, path);
        }
        if (!request.method().equals("GET")) {
            throw RequestBodies.notAllowed(request);
        }
        caller.needsPermission("Policy.Read.All");
        var directory = caller.directory();
        var which = String.join("/", path.subList(1, path.size()));
        return switch (which) {
            case "authorizationPolicy" ->
                Page.one(
                        request,
                        200,
                        "policies/authorizationPolicy",
                        Json.object()
                                .put("id", "authorizationPolicy")
                                .put("displayName", "Authorization Policy")
                                .put("allowInvitesFrom", directory.inviters()));
            case "defaultAppManagementPolicy" ->
                Page.one(
                        request,
                        200,
                        "policies/defaultAppManagementPolicy",
                        directory.appManagement().tenantsPolicy());
            case CROSS_TENANT + "/default" ->
                Page.one(request, 200, "policies/crossTenantAccessPolicy/default", crossTenantDefault());
            default -> throw DirectoryError.bad("Resource not found for the segment 'policies'.");
        };
    }

    /** Microsoft's own default: collaboration is allowed, nothing of another tenant is trusted. */
    private static ObjectNode crossTenantDefault() {
        var defaults = Json.object().put("isServiceDefault", true);
        defaults.putObject("inboundTrust")
                .put("isMfaAccepted", false)
                .put("isCompliantDeviceAccepted", false)
                .put("isHybridAzureADJoinedDeviceAccepted", false);
        defaults.putObject("automaticUserConsentSettings")
                .put("inboundAllowed", false)
                .put("outboundAllowed", false);
        List.of("b2bCollaborationInbound", "b2bCollaborationOutbound")
                .forEach(group -> defaults.set(group, access("allowed")));
        List.of("b2bDirectConnectInbound", "b2bDirectConnectOutbound")
                .forEach(group -> defaults.set(group, access("blocked")));
        return defaults;
    }

    private static ObjectNode access(String type) {
        var access = Json.object();
        access.putObject("usersAndGroups")
                .put("accessType", type)
                .putArray("targets")
                .addObject()
                .put("target", "AllUsers")
                .put("targetType", "user");
        access.putObject("applications")
                .put("accessType", type)
                .putArray("targets")
                .addObject()
                .put("target", "AllApplications")
                .put("targetType", "application");
        return access;
    }
}
