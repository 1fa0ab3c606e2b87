package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Requests.text;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What a tenant allows: who may invite, whom it trusts, and what its applications may sign in with. */
public final class Policies {

    private static final String CROSS_TENANT = "/policies/crossTenantAccessPolicy";

    private final Requests requests;

    Policies(Requests requests) {
        this.requests = requests;
    }

    /** Who may invite guests: {@code none}, {@code adminsAndGuestInviters}, {@code everyone} and so on. */
    public String inviters() throws InterruptedException {
        return text(
                requests.get("read who may invite guests", "/policies/authorizationPolicy?$select=id,allowInvitesFrom"),
                "allowInvitesFrom");
    }

    /**
     * What holds for the keys of an app registration. A policy of its own takes the place of the tenant's.
     *
     * @param applicationId its object id; empty for one that does not exist yet
     * @see <a href="https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy">app management
     *     policies</a>
     */
    public CredentialPolicy credentials(Optional<String> applicationId) throws InterruptedException {
        if (applicationId.isPresent()) {
            var own = requests
                    .list(
                            "read the app registration's own policy",
                            "/applications/%s/appManagementPolicies".formatted(applicationId.get()))
                    .stream()
                    .filter(policy -> policy.path("isEnabled").asBoolean(false))
                    .findFirst();
            if (own.isPresent()) {
                return CredentialPolicy.of(own.get(), own.get().path("restrictions"));
            }
        }
        var everybodys = requests.get(
                "read the tenant's policy for secrets and certificates", "/policies/defaultAppManagementPolicy");
        return CredentialPolicy.of(everybodys, everybodys.path("applicationRestrictions"));
    }

    // ---- Cross-tenant access ---------------------------------------------------------------------------------------

    /** What the tenant has configured for organizations that it has not configured by themselves, as Graph gives it. */
    public Optional<ObjectNode> partnerDefaults() throws InterruptedException {
        return requests.find("read the default of cross-tenant access", CROSS_TENANT + "/default")
                .map(ObjectNode.class::cast);
    }

    /** What the tenant has configured for a partner, as Graph gives it. */
    public Optional<ObjectNode> partner(UUID tenantId) throws InterruptedException {
        return requests.find("read the cross-tenant access of " + tenantId, partnerPath(tenantId))
                .map(ObjectNode.class::cast);
    }

    public void addPartner(ObjectNode partner) throws InterruptedException {
        requests.order(GraphOperation.ADD_PARTNER, "add the organization", "POST", CROSS_TENANT + "/partners", partner);
    }

    public void changePartner(UUID tenantId, ObjectNode fields) throws InterruptedException {
        requests.order(
                GraphOperation.CHANGE_PARTNER,
                "change the cross-tenant access of " + tenantId,
                "PATCH",
                partnerPath(tenantId),
                fields);
    }

    public void removePartner(UUID tenantId) throws InterruptedException {
        requests.delete("remove the organization", partnerPath(tenantId));
    }

    private static String partnerPath(UUID tenantId) {
        return CROSS_TENANT + "/partners/" + tenantId;
    }
}
