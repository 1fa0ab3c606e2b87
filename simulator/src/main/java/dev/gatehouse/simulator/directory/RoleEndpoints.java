package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.util.List;

/** {@code /roleManagement/directory/roleAssignments}. */
final class RoleEndpoints {

    private RoleEndpoints() {}

    static Answer answer(Caller caller, Request request, List<String> path) {
        if (path.size() < 3 || !path.get(1).equals("directory") || !path.get(2).equals("roleAssignments")) {
            throw DirectoryError.bad("Resource not found for the segment 'roleManagement'.");
        }
        if (path.size() == 4) {
            return one(caller, request, path.get(3));
        }
        return switch (request.method()) {
            case "GET" -> {
                caller.needsPermission("Directory.Read.All", "RoleManagement.ReadWrite.Directory");
                var filter = request.query().filled("$filter").map(Filter::parse);
                yield Page.list(
                        request,
                        "roleManagement/directory/roleAssignments",
                        caller.directory().roleAssignments().stream()
                                .filter(assignment ->
                                        filter.isEmpty() || filter.get().takes(assignment))
                                .toList());
            }
            case "POST" -> create(caller, request);
            default -> throw RequestBodies.notAllowed(request);
        };
    }

    private static Answer create(Caller caller, Request request) {
        caller.needsPermission("RoleManagement.ReadWrite.Directory");
        caller.needsRole(DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR);
        var directory = caller.directory();
        var asked = RequestBodies.object(request);
        var principal = RequestBodies.text(asked, "principalId");
        var role = RequestBodies.text(asked, "roleDefinitionId");
        var scope = RequestBodies.text(asked, "directoryScopeId");
        if (directory.user(principal).isEmpty()) {
            throw DirectoryError.notFound(principal);
        }
        if (DirectoryRole.of(role).isEmpty()) {
            throw DirectoryError.notFound(role);
        }
        var isThere = directory.roleAssignments().stream()
                .anyMatch(assignment -> assignment
                                .path("principalId")
                                .asString()
                                .equals(principal)
                        && assignment.path("roleDefinitionId").asString().equalsIgnoreCase(role)
                        && assignment.path("directoryScopeId").asString().equals(scope));
        var assignment = Json.object()
                .put("id", CustomerDirectory.newId())
                .put("roleDefinitionId", role)
                .put("principalId", principal)
                .put("directoryScopeId", scope);
        var key = "role %s %s %s".formatted(principal, role, scope);
        if (isThere
                || !directory.makeOnce(key, () -> directory.roleAssignments().add(assignment))) {
            throw DirectoryError.bad(
                    "A conflicting object with one or more of the specified property values is present in the directory.");
        }
        return Page.one(request, 201, "roleManagement/directory/roleAssignments", assignment);
    }

    private static Answer one(Caller caller, Request request, String id) {
        var directory = caller.directory();
        var assignment = directory.roleAssignments().stream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> DirectoryError.notFound(id));
        return switch (request.method()) {
            case "GET" -> {
                caller.needsPermission("Directory.Read.All", "RoleManagement.ReadWrite.Directory");
                yield Page.one(request, 200, "roleManagement/directory/roleAssignments", assignment);
            }
            case "DELETE" -> {
                caller.needsPermission("RoleManagement.ReadWrite.Directory");
                caller.needsRole(DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR);
                directory.replication().later(() -> directory.roleAssignments().remove(assignment));
                yield Answer.empty(204);
            }
            default -> throw RequestBodies.notAllowed(request);
        };
    }
}
