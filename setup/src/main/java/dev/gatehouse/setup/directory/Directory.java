package dev.gatehouse.setup.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One customer's directory. Every method is one question or one order to Graph, list pages aside; none of them repeats
 * itself. All throw {@link Refusal} when Graph does not do it, and {@link InterruptedException} when the calling thread
 * was asked to stop.
 */
public final class Directory {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String APPLICATION_FIELDS =
            "id,appId,displayName,signInAudience,tags,requiredResourceAccess,passwordCredentials,keyCredentials,createdDateTime";

    private final GraphCalls graph;

    public Directory(GraphCalls graph) {
        this.graph = graph;
    }

    /** Who we are talking to. */
    public Organization organization() throws InterruptedException {
        var all = list("read the organization", "/organization?$select=id,displayName,verifiedDomains");
        if (all.isEmpty()) {
            throw new Refusal(new Refusal.Reason(
                    "read the organization", 200, "", "the answer is empty", Optional.empty(), Optional.empty()));
        }
        var first = all.getFirst();
        return new Organization(
                text(first, "id"),
                text(first, "displayName"),
                first.path("verifiedDomains")
                        .valueStream()
                        .map(domain -> text(domain, "name"))
                        .toList());
    }

    /** Who is signed in. */
    public Me me() throws InterruptedException {
        var me = get("read who is signed in", "/me?$select=id,displayName,userPrincipalName");
        return new Me(text(me, "id"), text(me, "userPrincipalName"));
    }

    /** The template ids of the directory roles that are active for whoever is signed in. */
    public List<UUID> myRoles() throws InterruptedException {
        return list(
                        "read the roles of who is signed in",
                        "/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId")
                .stream()
                .map(role -> text(role, "roleTemplateId"))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    /** Whether every member may invite guests, and not only those with a role. */
    public boolean membersMayInvite() throws InterruptedException {
        var policy = get("read who may invite guests", "/policies/authorizationPolicy?$select=id,allowInvitesFrom");
        var allowed = text(policy, "allowInvitesFrom");
        return allowed.equals("everyone") || allowed.equals("adminsGuestInvitersAndAllMembers");
    }

    /** What a tenant calls itself, when there is such a tenant. */
    public Optional<String> nameOfTenant(UUID tenantId) throws InterruptedException {
        return find(
                        "look up tenant " + tenantId,
                        "/tenantRelationships/findTenantInformationByTenantId(tenantId='%s')".formatted(tenantId))
                .map(tenant -> text(tenant, "displayName"));
    }

    // ---- Users -------------------------------------------------------------------------------------------------

    public Optional<Guest> guest(String mail) throws InterruptedException {
        var filter = query("mail eq '%s'".formatted(quoted(mail)));
        var found = list(
                "look for user " + mail,
                "/users?$filter=%s&$select=id,displayName,mail,userType,accountEnabled,externalUserState"
                        .formatted(filter));
        return found.stream()
                .findFirst()
                .map(user -> new Guest(
                        text(user, "id"),
                        text(user, "displayName"),
                        text(user, "mail"),
                        text(user, "userType"),
                        user.path("accountEnabled").asBoolean(true),
                        Optional.of(text(user, "externalUserState")).filter(state -> !state.isEmpty())));
    }

    /** Invites somebody from outside; Microsoft sends the invitation. Returns the user's object id. */
    public String invite(String mail, String displayName, String redirectUrl) throws InterruptedException {
        var invitation = JSON.createObjectNode()
                .put("invitedUserEmailAddress", mail)
                .put("invitedUserDisplayName", displayName)
                .put("invitedUserType", "Guest")
                .put("inviteRedirectUrl", redirectUrl)
                .put("sendInvitationMessage", true);
        return text(order("invite " + mail, "POST", "/invitations", invitation).path("invitedUser"), "id");
    }

    public void changeUser(String id, ObjectNode fields) throws InterruptedException {
        order("change user " + id, "PATCH", "/users/" + id, fields);
    }

    public void deleteUser(String id) throws InterruptedException {
        delete("delete user " + id, "/users/" + id);
    }

    // ---- Roles -------------------------------------------------------------------------------------------------

    /** The assignment of a role for the whole directory, when the principal holds it. */
    public Optional<String> roleAssignment(String principalId, UUID roleId) throws InterruptedException {
        var filter = query("principalId eq '%s' and roleDefinitionId eq '%s'".formatted(principalId, roleId));
        return list("look for the role assignment", "/roleManagement/directory/roleAssignments?$filter=" + filter)
                .stream()
                .filter(assignment -> text(assignment, "directoryScopeId").equals("/"))
                .map(assignment -> text(assignment, "id"))
                .findFirst();
    }

    /** Returns the id of the new assignment. */
    public String assignRole(String principalId, UUID roleId) throws InterruptedException {
        var assignment = JSON.createObjectNode()
                .put("@odata.type", "#microsoft.graph.unifiedRoleAssignment")
                .put("roleDefinitionId", roleId.toString())
                .put("principalId", principalId)
                .put("directoryScopeId", "/");
        return text(order("assign the role", "POST", "/roleManagement/directory/roleAssignments", assignment), "id");
    }

    public void deleteRoleAssignment(String id) throws InterruptedException {
        delete("take the role away", "/roleManagement/directory/roleAssignments/" + id);
    }

    // ---- Cross-tenant access -----------------------------------------------------------------------------------

    /** What the tenant has configured for a partner, as Graph gives it. */
    public Optional<ObjectNode> partner(UUID tenantId) throws InterruptedException {
        return find("read the cross-tenant access of " + tenantId, partnerPath(tenantId))
                .map(partner -> (ObjectNode) partner);
    }

    public void createPartner(ObjectNode partner) throws InterruptedException {
        order("add the organization", "POST", "/policies/crossTenantAccessPolicy/partners", partner);
    }

    public void changePartner(UUID tenantId, ObjectNode fields) throws InterruptedException {
        order("change the cross-tenant access of " + tenantId, "PATCH", partnerPath(tenantId), fields);
    }

    public void deletePartner(UUID tenantId) throws InterruptedException {
        delete("remove the organization", partnerPath(tenantId));
    }

    private static String partnerPath(UUID tenantId) {
        return "/policies/crossTenantAccessPolicy/partners/" + tenantId;
    }

    // ---- Applications ------------------------------------------------------------------------------------------

    public List<Application> applicationsNamed(String displayName) throws InterruptedException {
        var filter = query("displayName eq '%s'".formatted(quoted(displayName)));
        return list(
                        "look for the app registration",
                        "/applications?$filter=%s&$select=%s".formatted(filter, APPLICATION_FIELDS))
                .stream()
                .map(Directory::application)
                .toList();
    }

    public Optional<Application> application(UUID appId) throws InterruptedException {
        var filter = query("appId eq '%s'".formatted(appId));
        return list(
                        "look for the app registration",
                        "/applications?$filter=%s&$select=%s".formatted(filter, APPLICATION_FIELDS))
                .stream()
                .map(Directory::application)
                .findFirst();
    }

    /** The application itself, not a search for it: searches lag behind. */
    public Optional<Application> applicationObject(String id) throws InterruptedException {
        return find("read the app registration", "/applications/%s?$select=%s".formatted(id, APPLICATION_FIELDS))
                .map(Directory::application);
    }

    public Application createApplication(ObjectNode application) throws InterruptedException {
        return application(order("register the application", "POST", "/applications", application));
    }

    public void changeApplication(String id, ObjectNode fields) throws InterruptedException {
        order("change the app registration", "PATCH", "/applications/" + id, fields);
    }

    public void deleteApplication(String id) throws InterruptedException {
        delete("delete the app registration", "/applications/" + id);
    }

    /** The object ids of those who own an app registration; none when there is no such registration. */
    public Set<String> owners(String applicationId) throws InterruptedException {
        try {
            return list(
                            "read the owners of the app registration",
                            "/applications/%s/owners?$select=id".formatted(applicationId))
                    .stream()
                    .map(owner -> text(owner, "id"))
                    .collect(Collectors.toSet());
        } catch (Refusal refusal) {
            if (refusal.reason().isNotFound()) {
                return Set.of();
            }
            throw refusal;
        }
    }

    public void addOwner(String applicationId, String principalId) throws InterruptedException {
        order(
                "make the application its own owner",
                "POST",
                "/applications/%s/owners/$ref".formatted(applicationId),
                JSON.createObjectNode().put("@odata.id", graph.address("/directoryObjects/" + principalId)));
    }

    public void removeOwner(String applicationId, String principalId) throws InterruptedException {
        delete(
                "take the application its ownership of itself",
                "/applications/%s/owners/%s/$ref".formatted(applicationId, principalId));
    }

    /** Adds a client secret. This answer is the only place where its Value ever stands. */
    public NewPassword addPassword(String applicationId, String displayName, Instant end) throws InterruptedException {
        var body = JSON.createObjectNode();
        body.putObject("passwordCredential").put("displayName", displayName).put("endDateTime", end.toString());
        var made = order("add a client secret", "POST", "/applications/%s/addPassword".formatted(applicationId), body);
        return new NewPassword(
                text(made, "keyId"),
                text(made, "secretText"),
                instant(made, "endDateTime").orElse(end));
    }

    public void removePassword(String applicationId, String keyId) throws InterruptedException {
        order(
                "remove client secret " + keyId,
                "POST",
                "/applications/%s/removePassword".formatted(applicationId),
                JSON.createObjectNode().put("keyId", keyId));
    }

    /** The certificates of an app registration, as Graph gives them and takes them back. */
    public List<JsonNode> certificates(String applicationId) throws InterruptedException {
        return find(
                        "read the certificates of the app registration",
                        "/applications/%s?$select=keyCredentials".formatted(applicationId))
                .stream()
                .flatMap(application -> application.path("keyCredentials").valueStream())
                .toList();
    }

    /** Graph takes the certificates as a whole: one that is not in the list is removed. */
    public void replaceCertificates(String applicationId, List<JsonNode> certificates) throws InterruptedException {
        var body = JSON.createObjectNode();
        body.putArray("keyCredentials").addAll(certificates);
        order("change the certificates of the app registration", "PATCH", "/applications/" + applicationId, body);
    }

    // ---- Service principals and consent ------------------------------------------------------------------------

    public Optional<ServicePrincipal> servicePrincipal(String appId) throws InterruptedException {
        return find(
                        "read the service principal of " + appId,
                        "/servicePrincipals(appId='%s')?$select=id,appId,accountEnabled,appRoles,oauth2PermissionScopes"
                                .formatted(appId))
                .map(Directory::servicePrincipal);
    }

    public ServicePrincipal createServicePrincipal(String appId) throws InterruptedException {
        return servicePrincipal(order(
                "create the service principal",
                "POST",
                "/servicePrincipals",
                JSON.createObjectNode().put("appId", appId)));
    }

    public void changeServicePrincipal(String id, ObjectNode fields) throws InterruptedException {
        order("change the service principal", "PATCH", "/servicePrincipals/" + id, fields);
    }

    public void deleteServicePrincipal(String id) throws InterruptedException {
        delete("delete the service principal", "/servicePrincipals/" + id);
    }

    /** The application permissions of a resource that the principal was granted: id of the permission to id of the grant. */
    public Map<String, String> grantedRoles(String servicePrincipalId, String resourceId) throws InterruptedException {
        var granted = new LinkedHashMap<String, String>();
        for (var assignment : list(
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
                order(
                        "grant the application permission",
                        "POST",
                        "/servicePrincipals/%s/appRoleAssignedTo".formatted(resourceId),
                        grant),
                "id");
    }

    public void revokeRole(String servicePrincipalId, String grantId) throws InterruptedException {
        delete(
                "take the application permission away",
                "/servicePrincipals/%s/appRoleAssignments/%s".formatted(servicePrincipalId, grantId));
    }

    /** What users' consent to the principal covers for the whole tenant at a resource. */
    public Optional<DelegatedGrant> delegatedGrant(String servicePrincipalId, String resourceId)
            throws InterruptedException {
        var filter = query("clientId eq '%s'".formatted(servicePrincipalId));
        return list("read the consent to delegated permissions", "/oauth2PermissionGrants?$filter=" + filter).stream()
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
        return text(order("grant the delegated permission", "POST", "/oauth2PermissionGrants", grant), "id");
    }

    public void changeDelegatedGrant(String id, Collection<String> scopes) throws InterruptedException {
        order(
                "change the consent to delegated permissions",
                "PATCH",
                "/oauth2PermissionGrants/" + id,
                JSON.createObjectNode().put("scope", String.join(" ", scopes)));
    }

    public void revokeDelegated(String id) throws InterruptedException {
        delete("take the delegated permission away", "/oauth2PermissionGrants/" + id);
    }

    // ---- How it is asked ---------------------------------------------------------------------------------------

    private JsonNode get(String action, String target) throws InterruptedException {
        return good(action, graph.call("GET", target, Optional.empty())).body();
    }

    private Optional<JsonNode> find(String action, String target) throws InterruptedException {
        try {
            return Optional.of(get(action, target));
        } catch (Refusal refusal) {
            if (refusal.reason().isNotFound()) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private List<JsonNode> list(String action, String target) throws InterruptedException {
        var all = new ArrayList<JsonNode>();
        var next = Optional.of(target);
        while (next.isPresent()) {
            var page = get(action, next.get());
            page.path("value").valueStream().forEach(all::add);
            next = Optional.of(text(page, "@odata.nextLink")).filter(link -> !link.isEmpty());
        }
        return all;
    }

    private JsonNode order(String action, String method, String target, ObjectNode body) throws InterruptedException {
        return good(action, graph.call(method, target, Optional.of(body))).body();
    }

    /** Deletes; that it is gone already is as good. */
    private void delete(String action, String target) throws InterruptedException {
        try {
            good(action, graph.call("DELETE", target, Optional.empty()));
        } catch (Refusal refusal) {
            if (!refusal.reason().isNotFound()) {
                throw refusal;
            }
        }
    }

    private static Answer.Came good(String action, Answer answer) {
        return switch (answer) {
            case Answer.Came came when came.status() >= 200 && came.status() < 300 -> came;
            case Answer.Came came ->
                throw new Refusal(new Refusal.Reason(
                        action,
                        came.status(),
                        came.body().at("/error/code").asString(""),
                        came.body().at("/error/message").asString(""),
                        came.requestId(),
                        came.retryAfter()));
            case Answer.Lost lost ->
                throw new Refusal(new Refusal.Reason(action, 0, "", lost.why(), Optional.empty(), Optional.empty()));
        };
    }

    private static Application application(JsonNode application) {
        return new Application(
                text(application, "id"),
                text(application, "appId"),
                text(application, "displayName"),
                text(application, "signInAudience"),
                application.path("tags").valueStream().map(JsonNode::asString).collect(Collectors.toSet()),
                application.path("requiredResourceAccess"),
                application
                        .path("passwordCredentials")
                        .valueStream()
                        .map(password -> new Application.Password(
                                text(password, "keyId"),
                                text(password, "displayName"),
                                instant(password, "startDateTime"),
                                instant(password, "endDateTime"),
                                Optional.of(text(password, "hint")).filter(hint -> !hint.isEmpty())))
                        .toList(),
                application
                        .path("keyCredentials")
                        .valueStream()
                        .map(key -> new Application.Certificate(
                                text(key, "keyId"),
                                text(key, "displayName"),
                                instant(key, "endDateTime"),
                                text(key, "customKeyIdentifier")))
                        .toList(),
                instant(application, "createdDateTime"));
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

    private static String text(JsonNode node, String field) {
        var value = node == null ? MissingNode.getInstance() : node.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    private static Optional<Instant> instant(JsonNode node, String field) {
        try {
            return Optional.of(text(node, field))
                    .filter(value -> !value.isEmpty())
                    .map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String quoted(String literal) {
        return literal.replace("'", "''");
    }

    private static String query(String filter) {
        return URLEncoder.encode(filter, UTF_8).replace("+", "%20");
    }

    /** The customer's organization. */
    public record Organization(String tenantId, String displayName, List<String> domains) {

        public Organization {
            domains = List.copyOf(domains);
        }
    }

    /** Whoever is signed in. */
    public record Me(String id, String userPrincipalName) {}

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

    /**
     * A client secret in the moment of its birth. It prints without its value.
     *
     * @param keyId the Secret ID
     * @param value the Value
     * @param end until when it works
     */
    public record NewPassword(String keyId, String value, Instant end) {

        @Override
        public String toString() {
            return "NewPassword[keyId=%s, end=%s]".formatted(keyId, end);
        }
    }
}
