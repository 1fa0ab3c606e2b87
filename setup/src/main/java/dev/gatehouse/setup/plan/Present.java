package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory.Organization;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.ServicePrincipal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a tenant looks now, as far as the set-up goes.
 *
 * @param organization whose it is
 * @param graph Microsoft Graph itself, with the permissions that it offers
 * @param policies what the tenant's own policies say about all that
 * @param found what was found of each part; a part that is not there is missing. The class of a part says what it finds
 * @param unreadable the parts that the administrator may not read, with what Microsoft said
 * @param at when it was read, by this machine's clock
 */
public record Present(
        Organization organization,
        ServicePrincipal graph,
        TenantPolicies policies,
        Map<Part, Object> found,
        Map<Part, String> unreadable,
        Instant at) {

    public Present {
        found = Map.copyOf(found);
        unreadable = Map.copyOf(unreadable);
    }

    /** Whether something was found of a part. */
    public boolean has(Part part) {
        return found.containsKey(part);
    }

    /** What was found of a part; empty when it is not there. */
    public <T> Optional<T> found(Part part, Class<T> type) {
        return Optional.ofNullable(found.get(part)).map(type::cast);
    }

    /** The guest account. */
    public Optional<Guest> guest() {
        return found(Part.GUEST, Guest.class);
    }

    /** The app registration that will be used. */
    public Optional<Application> application() {
        return found(Part.APPLICATION, Application.class);
    }

    /** The application as it exists in this tenant. */
    public Optional<ServicePrincipal> servicePrincipal() {
        return found(Part.SERVICE_PRINCIPAL, ServicePrincipal.class);
    }
}
