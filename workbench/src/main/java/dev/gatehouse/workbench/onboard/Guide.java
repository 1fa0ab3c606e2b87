package dev.gatehouse.workbench.onboard;

import dev.gatehouse.setup.profile.ProviderProfile;
import java.util.List;
import java.util.UUID;

/**
 * The provider's setup guide with one customer's own values filled in, and links to the pages of Microsoft's that it
 * speaks of.
 *
 * @param setUp whose
 * @param profile what the provider wants
 */
public record Guide(SetUp setUp, ProviderProfile profile) {

    private static final List<String> GOVERNMENT = List.of("gcc-high", "dod");
    private static final int DAYS_OF_A_YEAR = 365;
    private static final int MONTHS_OF_A_YEAR = 12;

    public String provider() {
        return profile.provider();
    }

    /** The provider's own tenant. */
    public UUID providerTenant() {
        return profile.tenantId();
    }

    public String guestMail() {
        return setUp.organization() + "@" + profile.guest().domain();
    }

    public String guestName() {
        return profile.guest().displayName();
    }

    public String guestRole() {
        return profile.guest().role().title();
    }

    public boolean trustsMultifactorAuthentication() {
        return profile.trust().multifactorAuthentication();
    }

    public boolean trustsCompliantDevices() {
        return profile.trust().compliantDevices();
    }

    public boolean trustsHybridJoinedDevices() {
        return profile.trust().hybridJoinedDevices();
    }

    public boolean redeemsAutomatically() {
        return profile.trust().automaticRedemption();
    }

    public String applicationName() {
        return profile.application().displayName();
    }

    /** Whether the application signs in with a certificate in place of a secret. */
    public boolean usesCertificate() {
        return profile.application().usesCertificate();
    }

    /** How many days a new secret or certificate lives. */
    public long secretDays() {
        return profile.application().secretLifetime().toDays();
    }

    public String secretDescription() {
        return profile.application().secretDescription();
    }

    /** As the list of the portal has it, e.g. {@code 730 days (24 months)}. */
    public String secretLifetime() {
        var days = profile.application().secretLifetime().toDays();
        return "%d days (%d months)".formatted(days, days * MONTHS_OF_A_YEAR / DAYS_OF_A_YEAR);
    }

    public List<String> applicationPermissions() {
        return profile.application().applicationPermissions();
    }

    public List<String> delegatedPermissions() {
        return profile.application().delegatedPermissions();
    }

    /** Entra ID &gt; Users &gt; All users. */
    public String usersPage() {
        return entra("Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers");
    }

    /** Entra ID &gt; External Identities &gt; Cross-tenant access settings. */
    public String crossTenantPage() {
        return entra("Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/CrossTenantAccessSettings");
    }

    /** App registrations. */
    public String registrationsPage() {
        return azure("Microsoft_AAD_RegisteredApps/ApplicationsListBlade");
    }

    /** Certificates &amp; secrets of the app registration; the list of all as long as it is not known. */
    public String secretsPage() {
        return ofApplication("Credentials");
    }

    /** API permissions of the app registration; the list of all as long as it is not known. */
    public String permissionsPage() {
        return ofApplication("CallAnAPI");
    }

    private String ofApplication(String page) {
        return setUp.application()
                .map(id -> azure("Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/%s/appId/%s".formatted(page, id)))
                .orElseGet(this::registrationsPage);
    }

    /** The directory stands in the address, so that people with several accounts come to the right one. */
    private String entra(String view) {
        return "https://entra.microsoft.%s/%s/#view/%s".formatted(ending(), setUp.directory(), view);
    }

    private String azure(String view) {
        return "https://portal.azure.%s/%s/#view/%s".formatted(ending(), setUp.directory(), view);
    }

    private String ending() {
        return GOVERNMENT.contains(setUp.cloud()) ? "us" : "com";
    }
}
