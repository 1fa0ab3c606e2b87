package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;

/**
 * What somebody is, and where: SOC roles belong to the provider, organization roles to one organization, and an auditor to
 * either.
 *
 * @param role what they are
 * @param organization where; empty for the provider
 */
public record Membership(Role role, Optional<UUID> organization) {

    public Membership {
        if (organization.isPresent() ? !role.mayBelongToOrganization() : !role.mayBelongToProvider()) {
            throw new IllegalArgumentException("%s %s an organization"
                    .formatted(role.title(), organization.isPresent() ? "cannot belong to" : "has to belong to"));
        }
    }

    /** At the provider. */
    public static Membership ofProvider(Role role) {
        return new Membership(role, Optional.empty());
    }

    /** At an organization. */
    public static Membership of(Role role, UUID organization) {
        return new Membership(role, Optional.of(organization));
    }

    /** What they may see. */
    public Scope scope() {
        return organization.map(Scope::of).orElseGet(Scope::everything);
    }

    /** Whether they may do that, within {@link #scope}. */
    public boolean may(Right right) {
        return role.rights().contains(right) && (organization.isEmpty() || !right.isOfProvider());
    }

    Collection<GrantedAuthority> authorities() {
        return Stream.of(Right.values()).filter(this::may).map(Right::authority).toList();
    }
}
