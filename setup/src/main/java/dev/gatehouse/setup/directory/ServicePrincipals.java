package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Requests.query;
import static dev.gatehouse.setup.directory.Requests.text;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Applications as they exist in the tenant, and what they were granted there. */
public final class ServicePrincipals {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String FIELDS = "id,appId,accountEnabled,appRoles,oauth2PermissionScopes";

    private final Requests requests;

    ServicePrincipals(Requests requests) {
        this.requests = requests;
    }

    /** The one of an application. */
    public Optional<ServicePrincipal> of(String appId) throws InterruptedException {
        return requests.find(
                        "read the service principal of " + appId,
                        "/servicePrincipals(appId='%s')?$select=%s".formatted(appId, FIELDS))
                .map(ServicePrincipals::servicePrincipal);
    }

    /** The one with that object id. */
    public Optional<ServicePrincipal> withId(String id) throws InterruptedException {
        return requests.find("read the service principal", "/servicePrincipals/%s?$select=%s".formatted(id, FIELDS))
                .map(ServicePrincipals::servicePrincipal);
    }

    public ServicePrincipal create(String appId) throws InterruptedException {
        return servicePrincipal(requests.order(
                GraphOperation.CREATE_SERVICE_PRINCIPAL,
                "create the service principal",
                "POST",
                "/servicePrincipals",
                JSON.createObjectNode().put("appId", appId)));
    }

    public void change(String id, ObjectNode fields) throws InterruptedException {
        requests.order(
                GraphOperation.CHANGE_SERVICE_PRINCIPAL,
                "change the service principal",
                "PATCH",
                "/servicePrincipals/" + id,
                fields);
    }

    public void remove(String id) throws InterruptedException {
        requests.delete("delete the service principal", "/servicePrincipals/" + id);
    }

    /** The application permissions of a resource that the principal was granted: id of the permission to id of the grant. */
    public Map<String, String> grantedRoles(String servicePrincipalId, String resourceId) throws InterruptedException {
        var granted = new LinkedHashMap<String, String>();
        for (var assignment : requests.list(
                "read the consent to application permissions",
                "/servicePrincipals/%s/appRoleAssignments".formatted(servicePrincipalId))) {
            if (text(assignment, "resourceId").equals(resourceId)) {
                granted.put(text(assignment, "appRoleId"), text(assignment, "id"));
            }
        }
        return granted;
    }

    /** Returns the id of the grant. */
    public String grantRole(String servicePrincipalId, String resourceId, String appRoleId)
            throws InterruptedException {
        var grant = JSON.createObjectNode()
                .put("principalId", servicePrincipalId)
                .put("resourceId", resourceId)
                .put("appRoleId", appRoleId);
        return text(
                requests.order(
                        GraphOperation.GRANT_APPLICATION_PERMISSION,
                        "grant the application permission",
                        "POST",
                        "/servicePrincipals/%s/appRoleAssignedTo".formatted(resourceId),
                        grant),
                "id");
    }

    public void revokeRole(String servicePrincipalId, String grantId) throws InterruptedException {
        requests.delete(
                "take the application permission away",
                "/servicePrincipals/%s/appRoleAssignments/%s".formatted(servicePrincipalId, grantId));
    }

    /** What users' consent to the principal covers for the whole tenant at a resource. */
    public Optional<DelegatedGrant> delegatedGrant(String servicePrincipalId, String resourceId)
            throws InterruptedException {
        var filter = query("clientId eq '%s'".formatted(servicePrincipalId));
        return requests
                .list("read the consent to delegated permissions", "/oauth2PermissionGrants?$filter=" + filter)
                .stream()
                .filter(grant -> text(grant, "consentType").equals("AllPrincipals"))
                .filter(grant -> text(grant, "resourceId").equals(resourceId))
                .findFirst()
                .map(grant -> new DelegatedGrant(text(grant, "id"), scopes(text(grant, "scope"))));
    }

    /** Returns the id of the grant. */
    public String grantDelegated(String servicePrincipalId, String resourceId, Collection<String> scopes)
            throws InterruptedException {
        var grant = JSON.createObjectNode()
                .put("clientId", servicePrincipalId)
                .put("consentType", "AllPrincipals")
                .putNull("principalId")
                .put("resourceId", resourceId)
                .put("scope", String.join(" ", scopes));
        return text(
                requests.order(
                        GraphOperation.GRANT_DELEGATED_PERMISSION,
                        "grant the delegated permission",
                        "POST",
                        "/oauth2PermissionGrants",
                        grant),
                "id");
    }

    public void changeDelegatedGrant(String id, Collection<String> scopes) throws InterruptedException {
        requests.order(
                GraphOperation.CHANGE_DELEGATED_PERMISSION,
                "change the consent to delegated permissions",
                "PATCH",
                "/oauth2PermissionGrants/" + id,
                JSON.createObjectNode().put("scope", String.join(" ", scopes)));
    }

    public void revokeDelegated(String id) throws InterruptedException {
        requests.delete("take the delegated permission away", "/oauth2PermissionGrants/" + id);
    }

    private static ServicePrincipal servicePrincipal(JsonNode principal) {
        return new ServicePrincipal(
                text(principal, "id"),
                text(principal, "appId"),
                principal.path("accountEnabled").asBoolean(true),
                named(principal.path("appRoles")),
                named(principal.path("oauth2PermissionScopes")));
    }

    private static Map<String, String> named(JsonNode permissions) {
        var byName = new LinkedHashMap<String, String>();
        permissions.valueStream().forEach(permission -> byName.put(text(permission, "value"), text(permission, "id")));
        return byName;
    }

    private static List<String> scopes(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /**
     * A consent to delegated permissions for the whole tenant.
     *
     * @param id the grant's id
     * @param scopes what it covers, by name
     */
    public record DelegatedGrant(String id, List<String> scopes) {

        public DelegatedGrant {
            scopes = List.copyOf(scopes);
        }
    }
}
