package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /oauth2PermissionGrants}: consent to delegated permissions for everybody in the tenant. */
final class GrantEndpoints {

    private GrantEndpoints() {}

    static Answer answer(Caller caller, Request request, List<String> path) {
        var directory = caller.directory();
        if (path.size() == 1) {
            return switch (request.method()) {
                case "GET" -> {
                    caller.needsPermission("Directory.Read.All", "DelegatedPermissionGrant.ReadWrite.All");
                    var filter = request.query().filled("$filter").map(Filter::parse);
                    yield Page.list(
                            request,
                            "oauth2PermissionGrants",
                            directory.delegatedGrants().stream()
                                    .filter(grant ->
                                            filter.isEmpty() || filter.get().takes(grant))
                                    .toList());
                }
                case "POST" -> create(caller, request);
                default -> throw RequestBodies.notAllowed(request);
            };
        }
        mayConsent(caller);
        var grant = directory.delegatedGrants().stream()
                .filter(one -> one.path("id").asString().equals(path.get(1)))
                .findFirst()
                .orElseThrow(() -> DirectoryError.notFound(path.get(1)));
        return switch (request.method()) {
            case "PATCH" -> {
                var scope = RequestBodies.object(request).path("scope").asString("");
                directory.replication().later(() -> grant.put("scope", scope));
                yield Answer.empty(204);
            }
            case "DELETE" -> {
                directory.replication().later(() -> directory.delegatedGrants().remove(grant));
                yield Answer.empty(204);
            }
            default -> throw RequestBodies.notAllowed(request);
        };
    }

    private static void mayConsent(Caller caller) {
        caller.needsPermission("DelegatedPermissionGrant.ReadWrite.All");
        caller.needsRole(
                DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR,
                DirectoryRole.APPLICATION_ADMINISTRATOR,
                DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR);
    }

    private static String key(ObjectNode grant) {
        return "delegated %s %s %s"
                .formatted(
                        grant.path("clientId").asString(),
                        grant.path("resourceId").asString(),
                        grant.path("consentType").asString());
    }

    private static Answer create(Caller caller, Request request) {
        mayConsent(caller);
        var directory = caller.directory();
        var asked = RequestBodies.object(request);
        if (directory.replication().isReferenceUnknown()) {
            throw DirectoryError.bad("Not a valid reference update.");
        }
        var client = RequestBodies.text(asked, "clientId");
        if (directory.withServicePrincipal(client).isEmpty()) {
            throw DirectoryError.notFound(client);
        }
        var resource = RequestBodies.text(asked, "resourceId");
        if (!resource.equals(directory.graphId())) {
            throw DirectoryError.notFound(resource);
        }
        var grant = Json.object()
                .put("id", CustomerDirectory.newId())
                .put("clientId", client)
                .put("consentType", RequestBodies.text(asked, "consentType"))
                .putNull("principalId")
                .put("resourceId", resource)
                .put("scope", asked.path("scope").asString(""));
        var isThere = directory.delegatedGrants().stream().anyMatch(one -> key(one).equals(key(grant)));
        if (isThere
                || !directory.makeOnce(
                        key(grant), () -> directory.delegatedGrants().add(grant))) {
            throw DirectoryError.conflict("Permission entry already exists.");
        }
        return Page.one(request, 201, "oauth2PermissionGrants", grant);
    }
}
