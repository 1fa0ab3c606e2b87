package dev.gatehouse.setup.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.profile.ProviderProfile;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {

    @ParameterizedTest
    @EnumSource
    void everyLanguageHoldsEveryValueOfTheGuide(Language language) {
        assertThat(Script.of(language, desired(ProviderProfile.expel()), Cloud.GLOBAL, EnumSet.allOf(Part.class)))
                .contains(
                        "a123bc45-aa12-123b@soc.expel.io",
                        "Expel SOC",
                        "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
                        "1cde81fd-b430-4035-b24d-709921922876",
                        "isMfaAccepted",
                        "isCompliantDeviceAccepted",
                        "isHybridAzureADJoinedDeviceAccepted",
                        "inboundAllowed",
                        "Expel Defender for Identity",
                        "AzureADMyOrg",
                        "Expel API",
                        "730",
                        "SecurityAlert.Read.All",
                        "SecurityEvents.Read.All",
                        "ThreatHunting.Read.All",
                        "SecurityIncident.Read.All",
                        "User.Read")
                .doesNotContain("{{", "# [");
    }

    @ParameterizedTest
    @EnumSource
    void leavesOutThePartsThatAreNotWanted(Language language) {
        var script = Script.of(language, desired(ProviderProfile.expel()), Cloud.GLOBAL, EnumSet.of(Part.PARTNER));

        assertThat(script)
                .contains("1cde81fd-b430-4035-b24d-709921922876")
                .doesNotContain("soc.expel.io", "Expel Defender for Identity", "Expel API");
    }

    @ParameterizedTest
    @EnumSource
    void makesACertificateInPlaceOfASecret(Language language) {
        assertThat(Script.of(
                        language,
                        desired(ProviderProfile.expel().usingCertificate()),
                        Cloud.GLOBAL,
                        EnumSet.allOf(Part.class)))
                .contains("AsymmetricX509Cert", "Expel API", "730", "Expel Defender for Identity")
                .doesNotContain("addPassword", "azuread_application_password", "{{", "# [");
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatStandsBetweenAndAfterTheParts(Language language) {
        var script = Script.of(language, desired(ProviderProfile.expel()), Cloud.GLOBAL, EnumSet.of(Part.GUEST));

        assertThat(script.chars().filter(sign -> sign == '{').count())
                .isEqualTo(script.chars().filter(sign -> sign == '}').count());
        if (language != Language.TERRAFORM) {
            assertThat(script.strip())
                    .endsWith(language == Language.BASH ? "said 'done'" : "Disconnect-MgGraph | Out-Null");
        }
    }

    @Test
    void terraformLooksUpWhatAnotherPartMakes() {
        var expel = desired(ProviderProfile.expel());

        assertThat(Script.of(Language.TERRAFORM, expel, Cloud.GLOBAL, EnumSet.of(Part.ROLE, Part.CONSENT)))
                .contains(
                        "data \"azuread_user\" \"analysts\"",
                        "display_name = \"Expel Defender for Identity\"",
                        "data \"azuread_service_principal\" \"collector\"")
                .doesNotContain(
                        "resource \"azuread_invitation\"",
                        "resource \"azuread_application\"",
                        "resource \"azuread_service_principal\"");
    }

    @Test
    void terraformMakesNoSecondAppRegistrationBesideTheOneThatWasNamed() {
        var named = new Desired(
                TenantId.parse("4f6c8d54-2a1b-4c3d-8e9f-0a1b2c3d4e5f"),
                new OrganizationGuid("a123bc45-aa12-123b"),
                ProviderProfile.expel(),
                Optional.of(ApplicationId.parse("2c5f39cb-3fb2-42e3-994f-1127e4ddb538")),
                true);

        assertThat(Script.of(Language.TERRAFORM, named, Cloud.GLOBAL, EnumSet.allOf(Part.class)))
                .contains("client_id = \"2c5f39cb-3fb2-42e3-994f-1127e4ddb538\"")
                .doesNotContain("resource \"azuread_application\"");
    }

    @Test
    void staysInTheCloudOfTheTenant() {
        var expel = desired(ProviderProfile.expel());

        assertThat(Script.of(Language.POWERSHELL, expel, Cloud.GCC_HIGH, EnumSet.of(Part.PARTNER)))
                .contains("-Environment USGov ");
        assertThat(Script.of(Language.TERRAFORM, expel, Cloud.DOD, EnumSet.of(Part.PARTNER)))
                .contains("\"usgovernmentl5\"", "msgraph_endpoint = \"https://dod-graph.microsoft.us\"");
    }

    @Test
    void asksForTheLeastPermissionsThatThePartsNeed() {
        assertThat(Script.of(
                        Language.POWERSHELL, desired(ProviderProfile.expel()), Cloud.GLOBAL, EnumSet.of(Part.PARTNER)))
                .contains("Policy.ReadWrite.CrossTenantAccess")
                .doesNotContain("Application.ReadWrite.All", "User.Invite.All");
    }

    @Test
    void refusesTextsThatCouldLeaveTheirPlace() {
        var expel = ProviderProfile.expel();
        var hostile = new ProviderProfile(
                "Expel'; rm -rf /; '", expel.tenantId(), expel.guest(), expel.trust(), expel.application());

        assertThatThrownBy(() -> Script.of(Language.BASH, desired(hostile), Cloud.GLOBAL, EnumSet.allOf(Part.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A script cannot hold the text");
    }

    private static Desired desired(ProviderProfile profile) {
        return new Desired(
                TenantId.parse("4f6c8d54-2a1b-4c3d-8e9f-0a1b2c3d4e5f"),
                new OrganizationGuid("a123bc45-aa12-123b"),
                profile,
                Optional.empty(),
                true);
    }
}
