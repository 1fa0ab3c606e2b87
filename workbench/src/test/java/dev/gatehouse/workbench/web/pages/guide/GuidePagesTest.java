package dev.gatehouse.workbench.web.pages.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.onboard.SetUp;
import dev.gatehouse.workbench.onboard.SetUpDraft;
import dev.gatehouse.workbench.onboard.SetUps;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Pretend;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class GuidePagesTest extends ScreenTest {

    private static final String LIST = GuidePages.LIST;

    @Autowired
    private Organizations organizations;

    @Autowired
    private SetUps setUps;

    @BeforeEach
    void startWithoutCustomers() {
        empty("tenant_setup");
    }

    @Test
    void saysWhatToDoWhenNobodyIsSetUp() {
        assertThat(open(LIST)).hasStatusOk().bodyText().contains("Nobody is being set up yet", "Set up a customer");
        assertThat(openAsAnalyst(LIST)).bodyText().doesNotContain(LIST + "/add");
    }

    @Test
    void fillsTheGuideWithTheOrganizationsOwnValues() {
        var contoso = contoso();

        assertThat(open(LIST + "/" + contoso.id()))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "a123bc45-aa12-123b@soc.expel.io",
                        "Expel SOC",
                        "Global Reader",
                        "1cde81fd-b430-4035-b24d-709921922876",
                        "Expel Defender for Identity",
                        "Expel API",
                        "730 days (24 months)",
                        "SecurityAlert.Read.All",
                        "SecurityEvents.Read.All",
                        "ThreatHunting.Read.All",
                        "SecurityIncident.Read.All",
                        "https://entra.microsoft.com/%s/#view/Microsoft_AAD_UsersAndTenants".formatted(DIRECTORY),
                        "Not checked yet",
                        "Set up later");
    }

    @Test
    void printsOnePageThatNeedsNothingElse() {
        var answer = open(LIST + "/" + contoso().id() + "/print");

        assertThat(answer)
                .hasStatusOk()
                .bodyText()
                .contains("a123bc45-aa12-123b@soc.expel.io", "<style>", DIRECTORY)
                .doesNotContain("<script", "<link", "<nav", "Copy</button>", "Not checked yet");
        assertThat(answer.getResponse().getHeader("Content-Security-Policy")).contains("style-src 'sha256-");
    }

    @Test
    void saysWhatIsWrongBesideTheField() {
        assertThat(send(LIST, Map.of("name", "Contoso", "directory_id", "contoso.com", "organization", "")))
                .hasStatus(422)
                .bodyText()
                .contains("Not saved.", "Directory ID must be a GUID", "The organization GUID must look like");
    }

    @Test
    void savesTheDeviceInStepThreeAndNeverGivesTheSecretBack() {
        var contoso = contoso();

        assertThat(send(
                        LIST + "/" + contoso.id() + "/connection",
                        Map.of(
                                "action",
                                "save",
                                "name",
                                "Contoso MDI",
                                "location",
                                "cloud",
                                "application_id",
                                APPLICATION,
                                "client_secret",
                                Pretend.RIGHT_SECRET)))
                .hasStatusOk()
                .bodyText()
                .contains("The security device is saved.", "The connection works.")
                .doesNotContain(Pretend.RIGHT_SECRET);
        assertThat(devices.all(Scope.everything())).singleElement().satisfies(device -> assertThat(device.name())
                .isEqualTo("Contoso MDI"));
        assertThat(open(LIST + "/" + contoso.id()))
                .bodyText()
                .contains("Contoso MDI", "Device saved")
                .doesNotContain(Pretend.RIGHT_SECRET);
    }

    @Test
    void keepsNothingOfWhatWasOnlyChecked() {
        assertThat(send(
                        LIST + "/" + contoso().id() + "/connection",
                        Map.of("action", "check", "application_id", APPLICATION, "client_secret", "wrong")))
                .hasStatusOk()
                .bodyText()
                .contains("The connection does not work yet.", "Microsoft does not accept the client secret.");
        assertThat(devices.all(Scope.everything())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/add", "/{id}/edit", "/{id}/delete", "/{id}/script/bash"})
    void opensNothingForAnalystsThatChangesASetUp(String address) {
        var contoso = contoso();
        var analyst = Membership.of(
                Role.ORGANIZATION_ANALYST,
                organizations.of(contoso.directory()).orElseThrow().id());

        assertThat(openAs(analyst, LIST + address.replace("{id}", contoso.id().toString())))
                .hasStatus(403);
        assertThat(openAsAnalyst(LIST + "/" + contoso.id())).hasStatus(404);
        assertThat(openAs(analyst, LIST + "/" + contoso.id()))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("/sign-in", "/edit", "client_secret");
    }

    @Test
    void givesAScriptOfWhatIsLeft() {
        assertThat(open(LIST + "/" + contoso().id() + "/script/bash?parts=role,consent"))
                .hasStatusOk()
                .bodyText()
                .startsWith("#!/usr/bin/env bash")
                .contains(DIRECTORY);
        assertThat(open(LIST + "/" + contoso().id() + "/script/cobol")).hasStatus(404);
    }

    private SetUp contoso() {
        return setUps.all(Scope.everything()).stream()
                .findFirst()
                .orElseGet(() -> setUps.add(
                        Scope.everything(),
                        new SetUpDraft("Contoso", DIRECTORY, "a123bc45-aa12-123b", "", "", "", "", false, false),
                        "test"));
    }
}
