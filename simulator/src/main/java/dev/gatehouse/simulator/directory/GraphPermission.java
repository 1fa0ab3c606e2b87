package dev.gatehouse.simulator.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The permissions that the pretend Microsoft Graph offers, with their real ids, which are the same in every tenant.
 *
 * @see <a href="https://learn.microsoft.com/graph/permissions-reference">Microsoft Graph permissions reference</a>
 */
public enum GraphPermission {
    SECURITY_ALERT_READ_ALL(
            "SecurityAlert.Read.All", "472e4a4d-bb4a-4026-98d1-0b0d74cb74a5", "bc257fb8-46b4-4b15-8713-01e91bfbe4ea"),
    SECURITY_EVENTS_READ_ALL(
            "SecurityEvents.Read.All", "bf394140-e372-4bf9-a898-299cfc7564e5", "64733abd-851e-478a-bffb-e47a14b18235"),
    THREAT_HUNTING_READ_ALL(
            "ThreatHunting.Read.All", "dd98c7f5-2d42-42d3-a0e4-633161547251", "b152eca8-ea73-4a48-8c98-1a6742673d99"),
    SECURITY_INCIDENT_READ_ALL(
            "SecurityIncident.Read.All",
            "45cc0394-e837-488b-a098-1918f48d186c",
            "b9abcc4f-94fc-4457-9141-d20ce80ec952"),
    SECURITY_IDENTITIES_HEALTH_READ_ALL(
            "SecurityIdentitiesHealth.Read.All", "f8dcd971-5d83-4e1e-aa95-ef44611ad351", ""),
    USER_READ("User.Read", "", "e1fe6dd8-ba31-4d61-89e7-88639da4683d"),
    USER_READ_BASIC_ALL(
            "User.ReadBasic.All", "97235f07-e226-4f63-ace3-39588e11d3a1", "b340eb25-3456-403f-be2f-af7a0d370277"),
    USER_READ_ALL("User.Read.All", "df021288-bdef-4463-88db-98f22de89214", "a154be20-db9c-4678-8ab7-66f6cc099a59"),
    USER_INVITE_ALL("User.Invite.All", "09850681-111b-4a89-9bed-3f2cae46d706", "63dd7cd9-b489-4adf-a28c-ac38b9a0f962"),
    USER_READ_WRITE_ALL(
            "User.ReadWrite.All", "741f803b-c850-494e-b5df-cde7c675a1ca", "204e0828-b5ca-4ad8-b9f3-f32a958e7cc4"),
    ROLE_MANAGEMENT_READ_WRITE_DIRECTORY(
            "RoleManagement.ReadWrite.Directory",
            "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
            "d01b97e9-cbc0-49fe-810a-750afd5527a3"),
    POLICY_READ_ALL("Policy.Read.All", "246dd0d5-5bd0-4def-940b-0421030a5b68", "572fea84-0151-49b2-9301-11cb16974376"),
    POLICY_READ_WRITE_CROSS_TENANT_ACCESS(
            "Policy.ReadWrite.CrossTenantAccess",
            "338163d7-f101-4c92-94ba-ca46fe52447c",
            "014b43d0-6ed4-4fc6-84dc-4b6f7bae7d85"),
    CROSS_TENANT_INFORMATION_READ_BASIC_ALL(
            "CrossTenantInformation.ReadBasic.All",
            "cac88765-0581-4025-9725-5ebc13f729ee",
            "81594d25-e88e-49cf-ac8c-fecbff49f994"),
    APPLICATION_READ_WRITE_ALL(
            "Application.ReadWrite.All",
            "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
            "bdfbf15f-ee85-4955-8675-146e8e5296b5"),
    APPLICATION_READ_WRITE_OWNED_BY("Application.ReadWrite.OwnedBy", "18a4783c-866b-4cc7-a460-3d5e5662c884", ""),
    APP_ROLE_ASSIGNMENT_READ_WRITE_ALL(
            "AppRoleAssignment.ReadWrite.All",
            "06b708a9-e830-4db3-a914-8e69da51d44f",
            "84bccea3-f856-4a8a-967b-dbe0a3d53a64"),
    DELEGATED_PERMISSION_GRANT_READ_WRITE_ALL(
            "DelegatedPermissionGrant.ReadWrite.All",
            "8e8e4742-1d95-4f68-9d56-6ee75648c72a",
            "41ce6ca6-6826-4807-84f1-1c82854f7ee5"),
    DIRECTORY_READ_ALL(
            "Directory.Read.All", "7ab1d382-f21e-4acd-a863-ba3e13f7da61", "06da0dbc-49e2-44d2-8312-53f166ab848a");

    private final String title;
    private final String applicationId;
    private final String delegatedId;

    GraphPermission(String title, String applicationId, String delegatedId) {
        this.title = title;
        this.applicationId = applicationId;
        this.delegatedId = delegatedId;
    }

    /** The name, as it stands in tokens. */
    public String title() {
        return title;
    }

    /** The id of the application permission (type {@code Role}), when there is one. */
    public Optional<UUID> applicationId() {
        return applicationId.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(applicationId));
    }

    /** The id of the delegated permission (type {@code Scope}), when there is one. */
    public Optional<UUID> delegatedId() {
        return delegatedId.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(delegatedId));
    }

    static Optional<GraphPermission> withApplicationId(String id) {
        return all().stream()
                .filter(permission -> permission.applicationId.equalsIgnoreCase(id) && !id.isEmpty())
                .findFirst();
    }

    static Optional<GraphPermission> named(String title) {
        return all().stream()
                .filter(permission -> permission.title.equals(title))
                .findFirst();
    }

    static List<GraphPermission> all() {
        return Arrays.asList(values());
    }
}
