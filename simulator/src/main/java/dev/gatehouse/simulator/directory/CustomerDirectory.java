package dev.gatehouse.simulator.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.simulator.entra.Application;
import dev.gatehouse.simulator.entra.TenantDirectory;
import dev.gatehouse.simulator.http.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything in one tenant's directory. Tests set the stage through it, as a customer would by hand: people with roles,
 * earlier settings, drift. One request at a time looks at it.
 */
public final class CustomerDirectory {

    private static final String DEFAULT_INVITERS = "adminsAndGuestInviters";

    private final TenantDirectory tenant;
    private final InstantSource clock;
    private final Replication replication;
    private final AppManagement appManagement = new AppManagement();
    private final Set<String> contacts = new HashSet<>();
    private final Set<String> exhausted = new HashSet<>();
    private volatile boolean nullRefused;
    private final List<ObjectNode> users = new ArrayList<>();
    private final List<ObjectNode> roleAssignments = new ArrayList<>();
    private final List<ObjectNode> partners = new ArrayList<>();
    private final List<ObjectNode> delegatedGrants = new ArrayList<>();
    private final List<RegisteredApplication> applications = new ArrayList<>();
    private final Set<String> onTheWay = new HashSet<>();
    private String inviters = DEFAULT_INVITERS;
    private Optional<String> approver = Optional.empty();

    /** The directory of a tenant that so far has applications only. */
    public CustomerDirectory(TenantDirectory tenant, InstantSource clock) {
        this.tenant = tenant;
        this.clock = clock;
        this.replication = new Replication(clock, this);
        tenant.beforeLook(replication::settle);
    }

    public TenantDirectory tenant() {
        return tenant;
    }

    /** How long changes take to be seen. */
    public Replication replication() {
        return replication;
    }

    InstantSource clock() {
        return clock;
    }

    // ---- Setting the stage -------------------------------------------------------------------------------------

    /** Adds somebody who works there, with roles. Returns the user's object id. */
    public synchronized String addUser(String userPrincipalName, String displayName, DirectoryRole... roles) {
        var user = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("userPrincipalName", userPrincipalName)
                .put("displayName", displayName)
                .put("mail", userPrincipalName)
                .put("userType", "Member")
                .put("accountEnabled", true)
                .putNull("externalUserState");
        users.add(user);
        for (var role : roles) {
            assign(user.path("id").asString(), role);
        }
        return user.path("id").asString();
    }

    /** Gives a role for the whole directory. */
    public synchronized void assign(String userId, DirectoryRole role) {
        roleAssignments.add(Json.object()
                .put("id", newId())
                .put("roleDefinitionId", role.templateId().toString())
                .put("principalId", userId)
                .put("directoryScopeId", "/"));
    }

    /** Takes a role away. */
    public synchronized void unassign(String userId, DirectoryRole role) {
        roleAssignments.removeIf(
                assignment -> assignment.path("principalId").asString().equals(userId)
                        && assignment
                                .path("roleDefinitionId")
                                .asString()
                                .equals(role.templateId().toString()));
    }

    /** Says who approves the next sign-ins without being asked; empty when somebody has to use the page. */
    public synchronized void signInsAreApprovedBy(Optional<String> userPrincipalName) {
        this.approver = userPrincipalName;
    }

    synchronized Optional<String> approver() {
        return approver;
    }

    /** Who may invite guests: {@code none}, {@code adminsAndGuestInviters}, {@code everyone} and so on. */
    public synchronized void letInvite(String allowInvitesFrom) {
        this.inviters = allowInvitesFrom;
    }

    String inviters() {
        return inviters;
    }

    /** All users, to be looked at or to be changed by hand. */
    public List<ObjectNode> users() {
        return users;
    }

    /** All role assignments. */
    public List<ObjectNode> roleAssignments() {
        return roleAssignments;
    }

    /** All organizations with cross-tenant access of their own. */
    public List<ObjectNode> partners() {
        return partners;
    }

    /** All consents to delegated permissions. */
    public List<ObjectNode> delegatedGrants() {
        return delegatedGrants;
    }

    /** All app registrations as Graph shows them. */
    public synchronized List<ObjectNode> applications() {
        return registered().stream().map(RegisteredApplication::node).toList();
    }

    /** Changes fields of an app registration by hand, e.g. {@code signInAudience}. */
    public synchronized void changeApplication(String appId, ObjectNode fields) {
        registered(appId).orElseThrow().fields().setAll(fields);
    }

    /** Presses the button "Grant admin consent" of an app registration. */
    public synchronized void grantAdminConsent(String appId) {
        consentToEverythingAskedFor(registered(appId).orElseThrow());
    }

    /** Lets an app registration change itself, as {@code Application.ReadWrite.OwnedBy} and ownership do together. */
    public synchronized void letOwnItself(String appId) {
        var registered = registered(appId).orElseThrow();
        registered.application().grant(List.of("Application.ReadWrite.OwnedBy"));
        registered.ownBy(registered.application().servicePrincipalId().toString());
    }

    /** What the tenant's applications may sign in with, and for how long. */
    public AppManagement appManagement() {
        return appManagement;
    }

    /** Puts an app management policy in force that refuses new client secrets. */
    public void forbidSecrets() {
        appManagement.restrict(AppManagement.Rules.noSecrets());
    }

    /** Adds a contact. Whoever is invited by its address has that in {@code otherMails} only, and no {@code mail}. */
    public synchronized void addContact(String mail) {
        contacts.add(mail.toLowerCase(Locale.ROOT));
    }

    synchronized boolean isContact(String mail) {
        return contacts.contains(mail.toLowerCase(Locale.ROOT));
    }

    /** From now on, that user has made as many directory objects as one may, and registers no more applications. */
    public synchronized void exhaustQuotaOf(String userId) {
        exhausted.add(userId);
    }

    synchronized boolean isQuotaExhausted(String userId) {
        return exhausted.contains(userId);
    }

    /** From now on, a change of an organization's cross-tenant access that holds a null is refused. */
    public void refuseNullsForPartners() {
        nullRefused = true;
    }

    boolean isNullRefused() {
        return nullRefused;
    }

    /** Takes all owners from an app registration. */
    public synchronized void letNobodyOwn(String appId) {
        var registered = registered(appId).orElseThrow();
        List.copyOf(registered.owners()).forEach(registered::disown);
    }

    // ---- Applications ------------------------------------------------------------------------------------------

    /** App registrations, those included that were put into the tenant without going through Graph. */
    List<RegisteredApplication> registered() {
        applications.removeIf(known -> !tenant.applications().contains(known.application()));
        for (var application : tenant.applications()) {
            if (applications.stream().noneMatch(known -> known.application() == application)) {
                applications.add(imported(application));
            }
        }
        return applications;
    }

    private RegisteredApplication imported(Application application) {
        var fields = applicationDefaults().put("displayName", application.name());
        var imported = new RegisteredApplication(UUID.randomUUID().toString(), application, fields);
        return imported;
    }

    /** What Microsoft fills in when nothing is said. */
    ObjectNode applicationDefaults() {
        var fields = Json.object()
                .put("createdDateTime", DirectoryTime.text(clock.instant()))
                .put("publisherDomain", tenant.domain())
                .put("signInAudience", "AzureADandPersonalMicrosoftAccount")
                .put("oauth2RequirePostResponse", false);
        fields.putArray("managerApplications");
        fields.putArray("tags");
        fields.putArray("identifierUris");
        fields.putArray("requiredResourceAccess");
        fields.putArray("addIns");
        fields.putArray("appRoles");
        return fields;
    }

    Optional<RegisteredApplication> registered(String appId) {
        return registered().stream()
                .filter(application -> application.appId().equalsIgnoreCase(appId))
                .findFirst();
    }

    Optional<RegisteredApplication> registeredObject(String id) {
        return registered().stream()
                .filter(application -> application.id().equalsIgnoreCase(id))
                .findFirst();
    }

    Optional<RegisteredApplication> withServicePrincipal(String servicePrincipalId) {
        return registered().stream()
                .filter(application -> !application.application().isWithoutServicePrincipal())
                .filter(application -> application
                        .application()
                        .servicePrincipalId()
                        .toString()
                        .equalsIgnoreCase(servicePrincipalId))
                .findFirst();
    }

    // ---- Looking things up -------------------------------------------------------------------------------------

    /** Microsoft Graph's own service principal. Its id differs from tenant to tenant. */
    String graphId() {
        return UUID.nameUUIDFromBytes(("graph of " + tenant.id()).getBytes(UTF_8))
                .toString();
    }

    Optional<ObjectNode> user(String id) {
        return users.stream()
                .filter(user -> user.path("id").asString().equalsIgnoreCase(id))
                .findFirst();
    }

    synchronized Optional<ObjectNode> userNamed(String userPrincipalName) {
        return users.stream()
                .filter(user -> user.path("userPrincipalName").asString().equalsIgnoreCase(userPrincipalName))
                .findFirst();
    }

    synchronized List<String> userNames() {
        return users.stream()
                .map(user -> user.path("userPrincipalName").asString())
                .toList();
    }

    /** What the button "Grant admin consent" does. */
    void consentToEverythingAskedFor(RegisteredApplication application) {
        application.application().removeServicePrincipal(false);
        var asked = application
                .fields()
                .path("requiredResourceAccess")
                .valueStream()
                .flatMap(resource -> resource.path("resourceAccess").valueStream())
                .map(access -> access.path("id").asString(""))
                .toList();
        for (var permission : GraphPermission.all()) {
            if (permission
                    .applicationId()
                    .map(Object::toString)
                    .filter(asked::contains)
                    .isPresent()) {
                application.application().grant(List.of(permission.title()));
            }
        }
        var scopes = GraphPermission.all().stream()
                .filter(permission -> permission
                        .delegatedId()
                        .map(Object::toString)
                        .filter(asked::contains)
                        .isPresent())
                .map(GraphPermission::title)
                .collect(Collectors.joining(" "));
        var principal = application.application().servicePrincipalId().toString();
        delegatedGrants.removeIf(grant -> grant.path("clientId").asString().equals(principal));
        if (!scopes.isEmpty()) {
            delegatedGrants.add(Json.object()
                    .put("id", newId())
                    .put("clientId", principal)
                    .put("consentType", "AllPrincipals")
                    .putNull("principalId")
                    .put("resourceId", graphId())
                    .put("scope", scopes));
        }
    }

    /** The roles that are active for a user. */
    synchronized Set<DirectoryRole> rolesOf(String userId) {
        return roleAssignments.stream()
                .filter(assignment -> assignment.path("principalId").asString().equalsIgnoreCase(userId))
                .filter(assignment ->
                        assignment.path("directoryScopeId").asString().equals("/"))
                .map(assignment ->
                        DirectoryRole.of(assignment.path("roleDefinitionId").asString()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /**
     * Makes something of which there can be one only, after the delay. The server that takes writes knows what is on the
     * way although reads do not show it yet, and says so by answering no.
     *
     * @param key tells such things apart
     */
    boolean makeOnce(String key, Runnable happening) {
        if (!onTheWay.add(key)) {
            return false;
        }
        replication.later(() -> {
            onTheWay.remove(key);
            happening.run();
        });
        return true;
    }

    /** An id as directory objects other than users and applications have it. */
    static String newId() {
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                UUID.randomUUID().toString().substring(0, 24).getBytes(UTF_8))
                + "-1";
    }
}
