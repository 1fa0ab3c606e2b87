package dev.gatehouse.setup.plan;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.profile.ProviderProfile;
import java.util.Optional;

/**
 * How one customer's tenant should look.
 *
 * @param tenant the customer's directory
 * @param organization the name of the guest account
 * @param profile what the provider wants in every tenant
 * @param adopted an app registration to use instead of one of our own, e.g. that of the Defender XDR integration
 * @param secretWanted whether somebody is there to keep a new secret and holds none yet; otherwise any secret that is
 *     still valid will do
 */
public record Desired(
        TenantId tenant,
        OrganizationGuid organization,
        ProviderProfile profile,
        Optional<ApplicationId> adopted,
        boolean secretWanted) {

    /** The tag on app registrations that Gatehouse made, by which it knows them again without its journal. */
    public static final String TAG = "MadeByGatehouse";

    /** The tag that says for which provider, because a tenant may have several. By it ours is known after it was renamed. */
    public String providersTag() {
        return TAG + "For:" + profile.tenantId();
    }

    /** The address of the guest account. */
    public String guestMail() {
        return organization + "@" + profile.guest().domain();
    }

    /** Where an invited analyst lands: the customer's app portal, as in invitations from Microsoft's own pages. */
    public String guestLandsAt() {
        return "https://myapplications.microsoft.com/?tenantid=" + tenant;
    }

    /** The same, with or without the wish for a secret of one's own. */
    public Desired wantingSecret(boolean wanted) {
        return new Desired(tenant, organization, profile, adopted, wanted);
    }
}
