package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.TenantId;
import java.net.URI;

/**
 * Microsoft's page on which an administrator consents to everything that an app registration asks for.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-admin-consent">Admin consent</a>
 */
public final class AdminConsent {

    private AdminConsent() {}

    /** The page for one app registration of one tenant. */
    public static URI page(Cloud cloud, TenantId tenant, ApplicationId application) {
        return URI.create("%s/%s/adminconsent?client_id=%s".formatted(cloud.authority(), tenant, application));
    }
}
