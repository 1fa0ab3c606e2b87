package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.profile.EntraRole;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever carries the plan out, and what they may do.
 *
 * @param name the user principal name, e.g. {@code ada@contoso.com}
 * @param roles the roles that are active now; absent when they could not be read
 * @param mayInvite whether the tenant lets every member invite guests
 */
public record Admin(String name, Optional<Set<EntraRole>> roles, boolean mayInvite) {

    public Admin {
        roles = roles.map(Set::copyOf);
    }

    /** Somebody whose rights are not known: everything is tried, and Microsoft decides. */
    public static Admin unknown() {
        return new Admin("", Optional.empty(), false);
    }

    /** The roles of which one is missing for an action on a part; empty when nothing stands in the way. */
    public Set<EntraRole> missingFor(Part part, Action action) {
        var needed = part.rolesFor(action);
        if (needed.isEmpty() || roles.isEmpty() || roles.get().stream().anyMatch(needed::contains)) {
            return Set.of();
        }
        return EnumSet.copyOf(needed);
    }
}
