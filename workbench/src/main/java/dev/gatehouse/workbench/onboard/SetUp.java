package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.profile.ProviderProfile;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One customer who is being set up. It holds no secret.
 *
 * @param id ours
 * @param name what people call the customer
 * @param directory the customer's tenant
 * @param organization what the guest account is named after
 * @param cloud the name of a cloud, see {@link dev.gatehouse.workbench.devices.Clouds}
 * @param deviceName how the security device will be called
 * @param location where it is, in the customer's words
 * @param adopted an app registration to use in place of a new one
 * @param application the app registration in use, as far as it is known
 * @param usesCertificate whether the application signs in with a certificate in place of a secret
 * @param allowsRotation whether the application gets the right to replace what it signs in with
 * @param createdAt when it was written down
 */
public record SetUp(
        UUID id,
        String name,
        TenantId directory,
        OrganizationGuid organization,
        String cloud,
        String deviceName,
        String location,
        Optional<ApplicationId> adopted,
        Optional<ApplicationId> application,
        boolean usesCertificate,
        boolean allowsRotation,
        Instant createdAt) {

    /** What the provider wants of everybody, with what this customer chose. */
    ProviderProfile choosing(ProviderProfile profile) {
        var withRotation = allowsRotation ? profile.allowingRotation() : profile;
        return usesCertificate ? withRotation.usingCertificate() : withRotation;
    }
}
