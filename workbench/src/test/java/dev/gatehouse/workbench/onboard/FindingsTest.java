package dev.gatehouse.workbench.onboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.setup.directory.CredentialPolicy;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.TenantPolicies;
import dev.gatehouse.setup.profile.ProviderProfile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final Desired DESIRED = new Desired(
            TenantId.parse("1b4e28ba-2fa1-41d2-883f-0016d3cca427"),
            new OrganizationGuid("a123bc45-aa12-123b"),
            ProviderProfile.expel(),
            Optional.empty(),
            true);

    private final PretendTenant tenant = new PretendTenant();

    @Test
    void confirmsAllOfStepsOneAndTwoWhenTheTenantIsAsTheGuideHasIt() {
        tenant.complete();

        assertThat(Findings.of(tenant.plan(DESIRED)))
                .extracting(Finding::point, Finding::state)
                .doesNotContainNull()
                .allSatisfy(pair -> assertThat(pair.toList().getLast()).isEqualTo(Finding.State.CONFIRMED))
                .hasSize(7);
    }

    @Test
    void saysOfEachPointOfAnEmptyTenantWhatIsMissing() {
        assertThat(Findings.of(tenant.plan(DESIRED)))
                .extracting(Finding::reason)
                .containsExactly(
                        "There is no guest user a123bc45-aa12-123b@soc.expel.io yet.",
                        "Global Reader is not assigned to a123bc45-aa12-123b@soc.expel.io yet.",
                        "Expel is not among the organizations of Cross-tenant access settings yet.",
                        "There is no app registration 'Expel Defender for Identity' yet.",
                        "The app registration has no client secret that is still valid.",
                        "Admin consent is missing for SecurityAlert.Read.All, SecurityEvents.Read.All, ThreatHunting.Read.All, SecurityIncident.Read.All. Select Grant admin consent for Contoso under API permissions.",
                        "Admin consent is missing for User.Read. Select Grant admin consent for Contoso under API permissions.");
    }

    @Test
    void saysWhatTheTenantsPolicyAllowsOfTheSecretThatIsMissing() {
        tenant.complete().without(Part.SECRET).ruledBy(limitedTo("P180D"));

        assertThat(Findings.of(tenant.plan(DESIRED)))
                .filteredOn(finding -> !finding.isConfirmed())
                .containsExactly(
                        Finding.open(
                                GuideStep.SECRET,
                                "The app registration has no client secret that is still valid. This tenant's policy 'Hardening' allows client secrets of at most 180 days: that is what a new one gets, not 730 days."));
    }

    private static TenantPolicies limitedTo(String lifetime) {
        var restriction = new CredentialPolicy.Restriction("passwordLifetime", lifetime, Optional.empty());
        return new TenantPolicies(
                Optional.of(new CredentialPolicy("Hardening", List.of(restriction), List.of())),
                "",
                Optional.of("everyone"),
                Optional.empty());
    }

    @Test
    void namesTheOnePermissionThatLacksConsent() {
        tenant.complete().withoutConsentTo("ThreatHunting.Read.All");

        assertThat(Findings.of(tenant.plan(DESIRED)))
                .filteredOn(finding -> !finding.isConfirmed())
                .containsExactly(
                        Finding.open(
                                GuideStep.PERMISSIONS,
                                "Admin consent is missing for ThreatHunting.Read.All. Select Grant admin consent for Contoso under API permissions."));
    }

    @Test
    void doesNotCallOpenWhatTheAdministratorMayNotRead() {
        tenant.complete().unreadable(Part.PARTNER);

        assertThat(Findings.of(tenant.plan(DESIRED)))
                .filteredOn(finding -> !finding.isConfirmed())
                .containsExactly(Finding.unknown(
                        GuideStep.PARTNER, "This administrator may not read it. Microsoft answered 403."));
    }

    @Test
    void confirmsStepsTwoAndThreeByTheApplicationsOwnToken() {
        assertThat(Findings.of(List.of(
                        Check.passed("Sign in to the directory"),
                        Check.passed("Permission SecurityAlert.Read.All"),
                        Check.passed("Read /security/alerts_v2"))))
                .containsExactly(
                        Finding.confirmed(GuideStep.APPLICATION),
                        Finding.confirmed(GuideStep.SECRET),
                        Finding.confirmed(GuideStep.PERMISSIONS),
                        Finding.confirmed(GuideStep.CONNECTION));
    }

    @Test
    void blamesTheSecretAndSaysNothingOfPermissionsThatCouldNotBeSeen() {
        assertThat(Findings.of(List.of(
                        Check.failed(
                                "Sign in to the directory",
                                Diagnosis.of(
                                        Trouble.SECRET_ID_NOT_VALUE, "That is the Secret ID.", "Paste the Value.")),
                        Check.skipped("Permission SecurityAlert.Read.All"))))
                .containsExactly(
                        Finding.open(GuideStep.SECRET, "That is the Secret ID. Paste the Value."),
                        Finding.open(GuideStep.CONNECTION, "That is the Secret ID. Paste the Value."));
    }
}
