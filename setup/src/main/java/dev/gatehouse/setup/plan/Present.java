package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory.Organization;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.directory.ServicePrincipals.DelegatedGrant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a tenant looks now, as far as the set-up goes.
 *
 * @param organization whose it is
 * @param guest the guest account
 * @param roleAssignment the id of the guest's role assignment
 * @param partner the cross-tenant access that is configured for the provider, as Graph gives it
 * @param application the app registration that will be used
 * @param servicePrincipal the application as it exists in this tenant
 * @param graph Microsoft Graph itself, with the permissions that it offers
 * @param granted the application permissions granted: id of the permission to id of the grant
 * @param delegated the consent to delegated permissions
 * @param ownsItself whether the application is among its own owners
 * @param policies what the tenant's own policies say about all that
 * @param unreadable the parts that the administrator may not read, with what Microsoft said
 * @param at when it was read, by this machine's clock
 */
public record Present(
        Organization organization,
        Optional<Guest> guest,
        Optional<String> roleAssignment,
        Optional<ObjectNode> partner,
        Optional<Application> application,
        Optional<ServicePrincipal> servicePrincipal,
        ServicePrincipal graph,
        Map<String, String> granted,
        Optional<DelegatedGrant> delegated,
        boolean ownsItself,
        TenantPolicies policies,
        Map<Part, String> unreadable,
        Instant at) {

    public Present {
        granted = Map.copyOf(granted);
        unreadable = Map.copyOf(unreadable);
    }
}
