package dev.gatehouse.simulator.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.simulator.entra.Resources;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /servicePrincipals} with the consent to application permissions. */
final class ServicePrincipalEndpoints {

    private ServicePrincipalEndpoints() {}

    static Answer answer(Caller caller, Request request, List<String> path) {
        var directory = caller.directory();
        if (path.size() == 1 && path.getFirst().equals("servicePrincipals")) {
            if (request.method().equals("GET")) {
                mayRead(caller);
                var filter = request.query().filled("$filter").map(Filter::parse);
                return Page.list(
                        request,
                        "servicePrincipals",
                        all(directory).stream()
                                .filter(node -> filter.isEmpty() || filter.get().takes(node))
                                .toList());
            }
            RequestBodies.onlyPost(request);
            return create(caller, request);
        }
        var isBySegment = path.getFirst().equals("servicePrincipals");
        var id = isBySegment
                ? path.get(1)
                : DirectoryEndpoints.key(path.getFirst(), "appId")
                        .flatMap(appId -> idOf(directory, appId))
                        .orElseThrow(() -> DirectoryError.notFound(path.getFirst()));
        var rest = path.subList(isBySegment ? 2 : 1, path.size());
        if (rest.isEmpty()) {
            return one(caller, request, id);
        }
        return switch (rest.getFirst()) {
            case "appRoleAssignments" -> assignments(caller, request, id, rest.subList(1, rest.size()));
            case "appRoleAssignedTo" -> {
                RequestBodies.onlyPost(request);
                yield grant(caller, request);
            }
            default -> throw DirectoryError.bad("Resource not found for the segment '%s'.".formatted(rest.getFirst()));
        };
    }

    private static void mayRead(Caller caller) {
        caller.needsPermission("Directory.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy");
    }

    private static Optional<String> idOf(CustomerDirectory directory, String appId) {
        if (appId.equalsIgnoreCase(Resources.GRAPH_APPLICATION_ID)) {
            return Optional.of(directory.graphId());
        }
        return directory
                .registered(appId)
                .filter(application -> !application.application().isWithoutServicePrincipal())
                .map(application ->
                        application.application().servicePrincipalId().toString());
    }

    private static List<ObjectNode> all(CustomerDirectory directory) {
        var all = new ArrayList<ObjectNode>();
        all.add(graph(directory));
        directory.registered().stream()
                .filter(application -> !application.application().isWithoutServicePrincipal())
                .map(application -> node(directory, application))
                .forEach(all::add);
        return all;
    }

    private static Answer create(Caller caller, Request request) {
        caller.needsPermission("Application.ReadWrite.All", "Application.ReadWrite.OwnedBy");
        caller.needsRole(
                DirectoryRole.APPLICATION_DEVELOPER,
                DirectoryRole.APPLICATION_ADMINISTRATOR,
                DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR);
        var directory = caller.directory();
        var appId = RequestBodies.text(RequestBodies.object(request), "appId");
        var application = directory
                .registered(appId)
                .orElseThrow(() -> DirectoryError.bad(
                        "The appId '%s' of the service principal does not reference a valid application object."
                                .formatted(appId)));
        var isThere = !application.application().isWithoutServicePrincipal();
        if (isThere
                || !directory.makeOnce(
                        "servicePrincipal " + application.appId(),
                        () -> application.application().removeServicePrincipal(false))) {
            throw DirectoryError.conflict(
                    "The service principal cannot be created, updated, or restored because the service principal name %s is already in use."
                            .formatted(appId));
        }
        return Page.one(request, 201, "servicePrincipals", node(directory, application));
    }

    private static Answer one(Caller caller, Request request, String id) {
        var directory = caller.directory();
        if (request.method().equals("GET")) {
            mayRead(caller);
            if (id.equals(directory.graphId())) {
                return Page.one(request, 200, "servicePrincipals", graph(directory));
            }
        }
        var application = directory.withServicePrincipal(id).orElseThrow(() -> DirectoryError.notFound(id));
        if (request.method().equals("GET")) {
            return Page.one(request, 200, "servicePrincipals", node(directory, application));
        }
        caller.needsPermission("Application.ReadWrite.All");
        caller.needsRole(DirectoryRole.APPLICATION_ADMINISTRATOR, DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR);
        switch (request.method()) {
            case "PATCH" -> {
                var enabled = RequestBodies.object(request).path("accountEnabled");
                if (enabled.isBoolean()) {
                    directory
                            .replication()
                            .later(() -> application.application().disable(!enabled.booleanValue()));
                }
            }
            case "DELETE" -> {
                directory.replication().later(() -> {
                    application.application().removeServicePrincipal(true);
                    application.application().roles().forEach(role -> application
                            .application()
                            .revoke(role));
                    directory
                            .delegatedGrants()
                            .removeIf(grant -> grant.path("clientId").asString().equals(id));
                });
            }
            default -> throw RequestBodies.notAllowed(request);
        }
        return Answer.empty(204);
    }

    // ---- Application permissions -------------------------------------------------------------------------------

    private static Answer assignments(Caller caller, Request request, String id, List<String> rest) {
        var directory = caller.directory();
        if (request.method().equals("POST") && rest.isEmpty()) {
            return grant(caller, request);
        }
        var application = directory.withServicePrincipal(id).orElseThrow(() -> DirectoryError.notFound(id));
        if (request.method().equals("GET") && rest.isEmpty()) {
            mayRead(caller);
            var roles = application.application().roles().stream()
                    .map(GraphPermission::named)
                    .flatMap(Optional::stream)
                    .filter(permission -> permission.applicationId().isPresent())
                    .map(permission -> assignment(directory, application, permission))
                    .toList();
            return Page.list(request, "appRoleAssignments", roles);
        }
        if (request.method().equals("DELETE") && rest.size() == 1) {
            mayConsent(caller);
            var permission = GraphPermission.all().stream()
                    .filter(one -> one.applicationId().isPresent())
                    .filter(one -> assignmentId(id, one).equals(rest.getFirst()))
                    .filter(one -> application.application().roles().contains(one.title()))
                    .findFirst()
                    .orElseThrow(() -> DirectoryError.notFound(rest.getFirst()));
            directory.replication().later(() -> {
                application.application().revoke(permission.title());
                application.forgetGrant(permission.title());
            });
            return Answer.empty(204);
        }
        throw RequestBodies.notAllowed(request);
    }

    /** Consent to permissions of Microsoft Graph itself is beyond the application administrators. */
    private static void mayConsent(Caller caller) {
        caller.needsPermission("AppRoleAssignment.ReadWrite.All");
        caller.needsRole(DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR);
    }

    private static Answer grant(Caller caller, Request request) {
        mayConsent(caller);
        var directory = caller.directory();
        var asked = RequestBodies.object(request);
        if (directory.replication().isReferenceUnknown()) {
            throw DirectoryError.bad("Not a valid reference update.");
        }
        var principal = RequestBodies.text(asked, "principalId");
        var application =
                directory.withServicePrincipal(principal).orElseThrow(() -> DirectoryError.notFound(principal));
        if (!RequestBodies.text(asked, "resourceId").equals(directory.graphId())) {
            throw DirectoryError.bad("Not a valid reference update.");
        }
        var permission = GraphPermission.withApplicationId(RequestBodies.text(asked, "appRoleId"))
                .orElseThrow(() -> DirectoryError.bad("Not a valid reference update."));
        var isThere = application.application().roles().contains(permission.title());
        if (isThere
                || !directory.makeOnce(
                        grantKey(principal, permission),
                        () -> application.application().grant(List.of(permission.title())))) {
            throw DirectoryError.bad("Permission being assigned already exists on the object");
        }
        return Page.one(request, 201, "appRoleAssignments", assignment(directory, application, permission));
    }

    private static String grantKey(String principal, GraphPermission permission) {
        return "grant %s %s".formatted(principal, permission.title());
    }

    private static String assignmentId(String principal, GraphPermission permission) {
        return UUID.nameUUIDFromBytes(grantKey(principal, permission).getBytes(UTF_8))
                .toString();
    }

    private static ObjectNode assignment(
            CustomerDirectory directory, RegisteredApplication application, GraphPermission permission) {
        var principal = application.application().servicePrincipalId().toString();
        return Json.object()
                .put("id", assignmentId(principal, permission))
                .putNull("deletedDateTime")
                .put("appRoleId", permission.applicationId().orElseThrow().toString())
                .put(
                        "createdDateTime",
                        DirectoryTime.text(application.grantedAt(
                                permission.title(), directory.clock().instant())))
                .put("principalDisplayName", application.displayName())
                .put("principalId", principal)
                .put("principalType", "ServicePrincipal")
                .put("resourceDisplayName", "Microsoft Graph")
                .put("resourceId", directory.graphId());
    }

    // ---- How they look -----------------------------------------------------------------------------------------

    private static ObjectNode node(CustomerDirectory directory, RegisteredApplication application) {
        var node = bare(
                application.application().servicePrincipalId().toString(),
                application.appId(),
                application.displayName(),
                directory.tenant().id());
        return node.put("accountEnabled", !application.application().isDisabled());
    }

    private static ObjectNode bare(String id, String appId, String displayName, UUID owner) {
        var node = Json.object()
                .put("id", id)
                .putNull("deletedDateTime")
                .put("accountEnabled", true)
                .put("appDisplayName", displayName)
                .put("appId", appId)
                .put("appOwnerOrganizationId", owner.toString())
                .put("appRoleAssignmentRequired", false)
                .put("displayName", displayName)
                .put("servicePrincipalType", "Application");
        node.putArray("servicePrincipalNames").add(appId);
        List.of(
                        "addIns",
                        "alternativeNames",
                        "appRoles",
                        "keyCredentials",
                        "notificationEmailAddresses",
                        "oauth2PermissionScopes",
                        "passwordCredentials",
                        "replyUrls",
                        "resourceSpecificApplicationPermissions",
                        "tags")
                .forEach(node::putArray);
        return node;
    }

    /** Microsoft's own tenant, which owns Microsoft Graph everywhere. */
    private static final UUID MICROSOFT_SERVICES = UUID.fromString("f8cdef31-a31e-4b4a-93e4-5f571e91255a");

    private static ObjectNode graph(CustomerDirectory directory) {
        var node = bare(directory.graphId(), Resources.GRAPH_APPLICATION_ID, "Microsoft Graph", MICROSOFT_SERVICES);
        var roles = node.putArray("appRoles");
        var scopes = node.putArray("oauth2PermissionScopes");
        for (var permission : GraphPermission.all()) {
            permission.applicationId().ifPresent(id -> roles.addObject()
                    .put("description", permission.title())
                    .put("displayName", permission.title())
                    .put("id", id.toString())
                    .put("isEnabled", true)
                    .put("origin", "Application")
                    .put("value", permission.title())
                    .putArray("allowedMemberTypes")
                    .add("Application"));
            permission.delegatedId().ifPresent(id -> scopes.addObject()
                    .put("id", id.toString())
                    .put("isEnabled", true)
                    .put("type", permission == GraphPermission.USER_READ ? "User" : "Admin")
                    .put("value", permission.title()));
        }
        return node;
    }
}
