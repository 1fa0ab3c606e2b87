package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.profile.EntraRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the plan has for one part.
 *
 * @param part which
 * @param action what would be done
 * @param object what people call the thing, e.g. the guest's address
 * @param differences the fields that are not as they should be; all of them when the thing is created
 * @param notes what else the reader should know
 * @param missingRoles of these the administrator needs one and has none; empty when nothing stands in the way
 */
public record Step(
        Part part,
        Action action,
        String object,
        List<Difference> differences,
        List<String> notes,
        Set<EntraRole> missingRoles) {

    public Step {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
        missingRoles = missingRoles.isEmpty() ? Set.of() : EnumSet.copyOf(missingRoles);
    }

    /** Whether this step would change the tenant. */
    public boolean isChange() {
        return action == Action.CREATE || action == Action.CHANGE;
    }

    /** Whether the administrator may not do it, so that it is somebody else's. */
    public boolean isBlocked() {
        return !missingRoles.isEmpty();
    }
}
