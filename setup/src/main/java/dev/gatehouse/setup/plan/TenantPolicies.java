package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.directory.CredentialPolicy;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the tenant's own policies say about what a set-up makes, as read before the plan.
 *
 * @param credentials what holds for secrets and certificates of the app registration; empty when it is not known
 * @param whyUnknown why that is not known; empty when it is
 * @param inviters who may invite guests, in Microsoft's words, e.g. {@code adminsAndGuestInviters}; empty when not known
 * @param partnerDefaults the cross-tenant access of organizations without settings of their own, as Graph gives it
 */
public record TenantPolicies(
        Optional<CredentialPolicy> credentials,
        String whyUnknown,
        Optional<String> inviters,
        Optional<ObjectNode> partnerDefaults) {

    /** A tenant that restricts nothing. */
    public static TenantPolicies unrestricted() {
        return new TenantPolicies(Optional.of(CredentialPolicy.NONE), "", Optional.of("everyone"), Optional.empty());
    }
}
