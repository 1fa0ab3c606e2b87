package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Requests.query;
import static dev.gatehouse.setup.directory.Requests.text;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who holds which directory role. */
public final class Roles {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/roleManagement/directory/roleAssignments";
    private static final String WHOLE_DIRECTORY = "/";

    private final Requests requests;

    Roles(Requests requests) {
        this.requests = requests;
    }

    /** Whether an assignment gives that principal that role for the whole directory. */
    public boolean isAssignment(String id, String principalId, UUID roleId) throws InterruptedException {
        return requests.find("read the role assignment", PATH + "/" + id)
                .filter(assignment -> text(assignment, "principalId").equalsIgnoreCase(principalId))
                .filter(assignment -> text(assignment, "roleDefinitionId").equalsIgnoreCase(roleId.toString()))
                .filter(Roles::isForAll)
                .isPresent();
    }

    /** The assignment of a role for the whole directory, when the principal holds it. */
    public Optional<String> assignment(String principalId, UUID roleId) throws InterruptedException {
        var filter = query("principalId eq '%s' and roleDefinitionId eq '%s'".formatted(principalId, roleId));
        return requests.list("look for the role assignment", PATH + "?$filter=" + filter).stream()
                .filter(Roles::isForAll)
                .map(assignment -> text(assignment, "id"))
                .findFirst();
    }

    private static boolean isForAll(JsonNode assignment) {
        return text(assignment, "directoryScopeId").equals(WHOLE_DIRECTORY);
    }

    /** Returns the id of the new assignment. */
    public String assign(String principalId, UUID roleId) throws InterruptedException {
        var assignment = JSON.createObjectNode()
                .put("@odata.type", "#microsoft.graph.unifiedRoleAssignment")
                .put("roleDefinitionId", roleId.toString())
                .put("principalId", principalId)
                .put("directoryScopeId", WHOLE_DIRECTORY);
        return text(requests.order(GraphOperation.ASSIGN_ROLE, "assign the role", "POST", PATH, assignment), "id");
    }

    public void remove(String id) throws InterruptedException {
        requests.delete("take the role away", PATH + "/" + id);
    }
}
