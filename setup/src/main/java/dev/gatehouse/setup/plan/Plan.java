package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.profile.EntraRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The difference between how a tenant is and how it should be, part by part in the order in which it would be made.
 *
 * @param desired how it should be
 * @param present how it is
 * @param admin who asked
 * @param steps one for each part
 */
public record Plan(Desired desired, Present present, Admin admin, List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /** How long a new secret or certificate may live. */
    public CredentialTerms credentialTerms() {
        return CredentialTerms.of(desired.profile().application(), CredentialTerms.rules(present));
    }

    /** What the tenant's policy says of new secrets and certificates, in sentences; none when it restricts nothing. */
    public List<String> credentialPolicy() {
        return credentialTerms()
                .notes(
                        desired.profile().application(),
                        CredentialTerms.rules(present),
                        present.policies().whyUnknown());
    }

    /** Whether everything is as it should be. */
    public boolean isEmpty() {
        return steps.stream().allMatch(step -> step.action() == Action.KEEP);
    }

    /** The step of a part. */
    public Step step(Part part) {
        return steps.stream().filter(step -> step.part() == part).findFirst().orElseThrow();
    }

    /** What the administrator may do. */
    public List<Step> allowed() {
        return steps.stream()
                .filter(step -> step.isChange() && !step.isBlocked())
                .toList();
    }

    /** What is left for somebody with other roles. */
    public List<Step> blocked() {
        return steps.stream().filter(Step::isBlocked).toList();
    }

    /** The least delegated permissions that carrying out the allowed steps needs, besides those for reading. */
    public Set<String> scopes() {
        var scopes = new TreeSet<String>();
        allowed().forEach(step -> scopes.addAll(step.part().scopesFor(step.action())));
        return scopes;
    }

    /** The fewest roles that would do everything that is blocked: one for each part, the least that Microsoft names. */
    public Set<EntraRole> leastRolesForBlocked() {
        var roles = EnumSet.noneOf(EntraRole.class);
        for (var step : blocked()) {
            if (step.missingRoles().stream().noneMatch(roles::contains)) {
                roles.add(leastOf(step.missingRoles()));
            }
        }
        return roles;
    }

    private static EntraRole leastOf(Set<EntraRole> roles) {
        // Declared from the mightiest to the least.
        return List.copyOf(EnumSet.copyOf(roles)).getLast();
    }
}
