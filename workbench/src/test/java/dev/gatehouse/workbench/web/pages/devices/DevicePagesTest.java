package dev.gatehouse.workbench.web.pages.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.devices.DeviceChoices;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.Pretend;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;

class DevicePagesTest extends ScreenTest {

    private static final String LIST = DevicePages.LIST;
    private static final String FORM = LIST + "/add?setupIntegration=microsoft_defender_for_identity";
    private static final String SECRET_ID = "0b7c5f0e-6a53-4f1a-9d0c-3a1f6f0f5d11";

    @Autowired
    private Organizations organizations;

    // The list

    @Test
    void saysWhatToDoWhenThereIsNoDevice() {
        assertThat(open(LIST)).hasStatusOk().bodyText().contains("No security device yet", "Add Security Device");
        assertThat(openAsAnalyst(LIST)).hasStatusOk().bodyText().contains("Ask an Organization Admin to add one.");
    }

    @Test
    void listsDevicesWithHealthAndLastPollAndData() {
        receive(device("Contoso"), Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        // The sum of a day may be ten seconds old.
        clock.advance(Duration.ofSeconds(11));

        assertThat(open(LIST))
                .bodyText()
                .contains("Contoso", "Microsoft Defender for Identity", "cloud", "11 s ago", "1 in 24 h");
    }

    @ParameterizedTest
    @CsvSource({"name=toso, Contoso", "name=FABRI, Fabrikam", "location=frank, Fabrikam", "status=disabled, Fabrikam"})
    void filtersByNameLocationAndStatus(String filter, String expected) {
        device("Contoso");
        var fabrikam = device("Fabrikam");
        editing.update(
                Scope.everything(),
                fabrikam.id(),
                DeviceDraft.typed(Map.of(
                        "name",
                        "Fabrikam",
                        "location",
                        "Frankfurt",
                        "directory_id",
                        fabrikam.directory().toString(),
                        "application_id",
                        APPLICATION)),
                "test");
        editing.setEnabled(fabrikam.id(), false, "test");

        assertThat(namesIn(textOf(open(LIST + "?" + filter)))).containsExactly(expected);
    }

    @Test
    void countsDevicesByHealth() {
        unhealthy("Contoso");
        device("Fabrikam");
        device("Northwind");

        assertThat(textOf(open(LIST)).replaceAll("<[^>]+>", " ").replaceAll("\\s+", " "))
                .contains("All 3", "Healthy 0", "Waiting 2", "Unhealthy 1", "Disabled 0");
    }

    @Test
    void showsEveryFailureWithItsCauseAndCure() {
        var device = unhealthy("Contoso");

        assertThat(open(LIST))
                .bodyText()
                .contains("Unhealthy", "Secret ID given instead of the Value", "Paste the secret&#39;s Value.");
        assertThat(open(LIST + "/" + device.id()))
                .bodyText()
                .contains(
                        "Secret ID given instead of the Value",
                        "Microsoft does not accept the client secret.",
                        "Paste the secret&#39;s Value.",
                        "AADSTS7000215",
                        "401",
                        "request-77");
    }

    @Test
    void saysThatNobodyKnowsWhenTheSecretEndsAndHowToCureThat() {
        var device = device("Contoso");

        assertThat(open(LIST + "/" + device.id()))
                .bodyText()
                .contains("unknown", "enter the day that the portal shows under Certificates &amp; secrets");
        assertThat(open("/")).bodyText().doesNotContain("expiry-notice");
    }

    @ParameterizedTest
    @CsvSource({
        "59, notice, Client secret expires in 59 days",
        "13, warning, Client secret expires in 13 days",
        "0, bad, Client secret has expired"
    })
    void countsDownOnHomeListAndDetails(int days, String tone, String words) {
        var device = device("Contoso");
        var expires = clock.instant().plus(Duration.ofDays(days));
        editing.update(
                Scope.everything(),
                device.id(),
                DeviceDraft.typed(Map.of(
                        "name",
                        "Contoso",
                        "location",
                        "cloud",
                        "directory_id",
                        device.directory().toString(),
                        "application_id",
                        APPLICATION,
                        "client_secret_expires_at",
                        expires.toString())),
                "test");

        assertThat(open("/")).bodyText().contains("note " + tone, words, "Contoso");
        assertThat(open(LIST + "/" + device.id())).bodyText().contains("note " + tone, words);
        assertThat(open(LIST)).bodyText().contains("countdown " + tone);
    }

    @Test
    void offersAnalystsOnlyToLook() {
        var device = device("Contoso");

        assertThat(open(LIST))
                .bodyText()
                .contains("View details", "Test connection", "Poll now", "Edit", "Disable", "Delete");
        assertThat(openAsAnalyst(LIST))
                .bodyText()
                .contains("View details")
                .doesNotContain("Poll now", "/edit", "/delete", "Add Security Device");
        assertThat(openAsAnalyst(LIST + "/" + device.id()))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("Poll now", "/edit", "/delete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/add", "/{id}/edit", "/{id}/delete", "/{id}/test", "/{id}/console-access"})
    void opensNothingForAnalystsThatChangesADevice(String address) {
        var device = device("Contoso");

        assertThat(openAsAnalyst(LIST + address.replace("{id}", device.id().toString())))
                .hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/{id}",
                "/{id}/delete",
                "/{id}/enable",
                "/{id}/disable",
                "/{id}/poll",
                "/{id}/test",
                "/test",
                "/check"
            })
    void letsAnalystsChangeNothing(String address) {
        var device = device("Contoso");

        assertThat(sendAsAnalyst(LIST + address.replace("{id}", device.id().toString()), right()))
                .hasStatus(403);
        assertThat(devices.all(Scope.everything())).containsExactly(device);
    }

    // Adding

    @Test
    void findsTheIntegrationByTypingDefender() {
        assertThat(open(LIST + "/add?technology=Defender"))
                .bodyText()
                .contains("Microsoft Defender for Identity", "step 2 of the setup guide");
        assertThat(open(LIST + "/add?technology=okta")).bodyText().contains("No technology fits");
    }

    @Test
    void followsTheDeepLinkOfSetupGuides() {
        assertThat(open(LIST + "?setupIntegration=microsoft_defender_for_identity"))
                .hasRedirectedUrl(FORM);
        assertThat(open(LIST + "/add?setupIntegration=1password"))
                .bodyText()
                .contains("There is no integration named &#39;1password&#39;");
    }

    @Test
    void asksForTheFiveFieldsInTheGuidesOrder() {
        var labels = Pattern.compile("<label for=\"[^\"]+\">([^<]+)</label>")
                .matcher(textOf(open(FORM)))
                .results()
                .map(label -> label.group(1))
                .toList();

        assertThat(labels)
                .containsSubsequence("Name", "Location", "Directory ID", "Application ID", "Client secret", "Cloud");
    }

    @Test
    void asksForEveryFieldAsItIsDescribed() {
        device("Another whose application could be used");
        var page = textOf(open(FORM));

        assertThat(DeviceField.ALL)
                .filteredOn(field -> field.section() != DeviceField.Section.NOWHERE)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(page)
                        .contains(
                                "id=\"%s\"".formatted(field.id()),
                                "name=\"%s\"".formatted(field.key()),
                                "<label for=\"%s\">%s</label>".formatted(field.id(), field.label()),
                                HtmlUtils.htmlEscape(field.hint(true))));
        assertThat(page).doesNotContain(DeviceField.CLIENT_SECRET_ID.key());
    }

    @Test
    void foldsAwayWhatAlmostNobodyNeedsUnlessItIsUsed() {
        assertThat(textOf(open(FORM)))
                .contains("<details>", "Advanced", "Use a certificate in place of a secret")
                .doesNotContain("<details open");
        var form = new HashMap<>(right());
        form.put("name", "");
        form.put("cloud", "dod");
        assertThat(textOf(send(LIST, form))).containsPattern("<details open=\"open\">\\s*<summary>Advanced");
    }

    @Test
    void letsSocPeopleChooseTheOrganizationAndShowsIt() {
        assertThat(textOf(open(FORM))).contains("My Organization (ORG)").doesNotContain("Choose…");
        var contoso = organizations.add(OrganizationDraft.named("Contoso Ltd"));
        assertThat(textOf(open(FORM))).contains("Choose…", "Contoso Ltd (%s)".formatted(contoso.shortName()));

        assertThat(problemBelow("organization", textOf(send(LIST, right())))).contains("Say whose directory this is");
        var form = new HashMap<>(right());
        form.put("organization", contoso.shortName());
        send(LIST, form);

        var device = devices.all(Scope.everything()).getFirst();
        assertThat(open(LIST)).bodyText().contains("Contoso Ltd");
        assertThat(open(LIST + "/" + device.id()))
                .bodyText()
                .contains("Contoso Ltd (%s)".formatted(contoso.shortName()));
        assertThat(textOf(open(LIST + "/" + device.id() + "/edit")))
                .containsPattern("value=\"%s\"\\s+selected".formatted(contoso.shortName()));
    }

    @Test
    void neitherAsksPeopleOfOneOrganizationForItNorShowsIt() {
        var form = DeviceForm.empty(Scope.of(UUID.randomUUID()));

        assertThat(form.fields()).contains(DeviceField.NAME).doesNotContain(DeviceField.ORGANIZATION);
        assertThat(DeviceForm.empty(Scope.everything()).fields()).contains(DeviceField.ORGANIZATION);
    }

    @Test
    void choosesTheUsualCloudAndFoldsItAway() {
        var usual = new DeviceChoices.Choice("lab", "lab", true);
        var other = new DeviceChoices.Choice("global", "global", false);
        var choices = Map.of(DeviceField.CLOUD, List.of(other, usual));
        var blank = DeviceForm.empty(Scope.everything());

        assertThat(blank.isChosen(DeviceField.CLOUD, usual)).isTrue();
        assertThat(blank.isChosen(DeviceField.CLOUD, other)).isFalse();
        assertThat(blank.isOpen(DeviceField.Section.ADVANCED, choices)).isFalse();
        assertThat(in("lab").isOpen(DeviceField.Section.ADVANCED, choices)).isFalse();
        assertThat(in("global").isOpen(DeviceField.Section.ADVANCED, choices)).isTrue();
        assertThat(in("global").isChosen(DeviceField.CLOUD, other)).isTrue();
        assertThat(in("global").isChosen(DeviceField.CLOUD, usual)).isFalse();
    }

    private static DeviceForm in(String cloud) {
        return new DeviceForm(
                Scope.everything(), Optional.empty(), DeviceDraft.empty().with(DeviceField.CLOUD, cloud), List.of());
    }

    @Test
    void saysWhatSomebodyElseHasChangedMeanwhileAndKeepsWhatWasTyped() {
        var device = device("Contoso");
        var form = new HashMap<>(right());
        form.put("client_secret", "");
        form.put("seen", device.updatedAt().toString());
        clock.advance(Duration.ofSeconds(1));
        editing.setEnabled(device.id(), false, "bea@example.com");

        var refused = send(LIST + "/" + device.id(), form);

        assertThat(refused)
                .hasStatus(409)
                .bodyText()
                .contains(
                        "Polling switched off (bea@example.com)", "value=\"Contoso Microsoft Defender for Identity\"");
        form.put(
                "seen",
                devices.require(Scope.everything(), device.id()).updatedAt().toString());
        assertThat(textOf(refused)).contains(form.get("seen"));
        assertThat(send(LIST + "/" + device.id(), form)).hasStatus3xxRedirection();
    }

    @Test
    void suggestsLocationsThatAreInUse() {
        var contoso = device("Contoso");
        var form = new HashMap<>(right());
        form.put("location", "Frankfurt");
        form.put("directory_id", contoso.directory().toString());
        editing.update(Scope.everything(), contoso.id(), DeviceDraft.typed(form), "test");

        assertThat(open(FORM)).bodyText().contains("<option value=\"Frankfurt\">", "<option value=\"cloud\">");
    }

    @Test
    void savesAndAsksForConsoleAccessAndThenShowsEachStep() {
        var saved = send(LIST, right());

        var device = devices.all(Scope.everything()).getFirst();
        assertThat(device.name()).isEqualTo("Contoso Microsoft Defender for Identity");
        assertThat(saved).hasRedirectedUrl(LIST + "/" + device.id() + "/console-access");
        assertThat(open(LIST + "/" + device.id() + "/console-access"))
                .bodyText()
                .contains("Console access", "Set up later");
        assertThat(open(LIST + "/" + device.id()))
                .bodyText()
                .contains(
                        "Device created",
                        "Vendor alerts polled (/security/alerts_v2)",
                        "Vendor incidents polled (/security/incidents)",
                        "Data received",
                        "Polling begins within 15 minutes",
                        "Data is received within 30 minutes");
    }

    @Test
    void tellsHtmxWhereToGoAfterSaving() throws Exception {
        var response = mvc.perform(fill(LIST, right()).header("HX-Request", "true"))
                .andReturn()
                .getResponse();

        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(response.getHeader("HX-Redirect"))
                .isEqualTo(
                        LIST + "/" + devices.all(Scope.everything()).getFirst().id() + "/console-access");
    }

    @ParameterizedTest
    @CsvSource({
        "name, '', Name is empty",
        "location, ' ', Location is empty",
        "directory_id, contoso.com, Directory ID must be a GUID",
        "application_id, 1-1-1-1-1, Application ID must be a GUID",
        "client_secret, '', Client secret is empty",
        "client_secret_expires_at, soon, Enter the day on which the client secret expires as 2028-11-22",
        "cloud, mars, There is no cloud named",
        "application_id, 1b4e28ba-2fa1-41d2-883f-0016d3cca427, are the same"
    })
    void saysBelowTheFieldWhatIsWrong(String field, String value, String words) {
        var form = new HashMap<>(right());
        form.put(field, value);

        assertThat(send(LIST, form))
                .hasStatus(422)
                .bodyText()
                .contains("Not saved.")
                .satisfies(page -> assertThat(problemBelow(field, page)).contains(words));
        assertThat(devices.all(Scope.everything())).isEmpty();
    }

    @Test
    void refusesADirectoryThatIsConnectedAlready() {
        send(LIST, right());

        var page = send(LIST, right());

        assertThat(page).hasStatus(422);
        assertThat(problemBelow("directory_id", textOf(page)))
                .contains("already connected as device", "Contoso Microsoft Defender for Identity");
    }

    @Test
    void neverSendsASecretBack() {
        var form = new HashMap<>(right());
        form.put("name", "");

        assertThat(send(LIST, form)).bodyText().doesNotContain(Pretend.RIGHT_SECRET);
        assertThat(send(LIST + "/test", form)).bodyText().doesNotContain(Pretend.RIGHT_SECRET);
        assertThat(send(LIST + "/check", form)).bodyText().doesNotContain(Pretend.RIGHT_SECRET);

        send(LIST, right());
        var device = devices.all(Scope.everything()).getFirst();
        for (var address : List.of("", "/edit", "/test", "/delete", "/console-access")) {
            assertThat(open(LIST + "/" + device.id() + address)).bodyText().doesNotContain(Pretend.RIGHT_SECRET);
        }
    }

    @Test
    void keepsWhatElseWasTyped() {
        var form = new HashMap<>(right());
        form.put("client_secret", "");

        assertThat(send(LIST, form))
                .bodyText()
                .contains("value=\"Contoso Microsoft Defender for Identity\"", "value=\"" + DIRECTORY + "\"");
    }

    @Test
    void warnsWhileTypingThatASecretLooksLikeTheSecretId() {
        var page = textOf(send(LIST + "/check", Map.of("client_secret", SECRET_ID)));

        assertThat(problemBelow("client_secret", page))
                .contains("This looks like the Secret ID. Paste the secret&#39;s Value");
        assertThat(page).contains("hx-swap-oob=\"true\"");
    }

    @Test
    void doesNotComplainOfFieldsThatNobodyHasComeTo() {
        var page = textOf(send(LIST + "/check", Map.of("directory_id", "contoso.com")));

        assertThat(problemBelow("directory_id", page)).contains("must be a GUID");
        assertThat(problemBelow("name", page)).isEmpty();
        assertThat(problemBelow("client_secret", page)).isEmpty();
    }

    @Test
    void savesDespiteAWarning() {
        var form = new HashMap<>(right());
        form.put("client_secret", SECRET_ID);

        assertThat(send(LIST, form)).hasStatus3xxRedirection();
        assertThat(devices.all(Scope.everything())).hasSize(1);
    }

    // Testing a connection

    @Test
    void testsBeforeSavingAndShowsEachStep() {
        assertThat(send(LIST + "/test", right()))
                .hasStatusOk()
                .bodyText()
                .contains("The connection works.", "Sign in", "Permission SecurityAlert.Read.All");
        assertThat(devices.all(Scope.everything())).isEmpty();
    }

    @Test
    void showsWhichStepFailsWithCauseAndCure() {
        var form = new HashMap<>(right());
        form.put("client_secret", "wrong");

        assertThat(send(LIST + "/test", form))
                .bodyText()
                .contains(
                        "The connection does not work yet.",
                        "Microsoft does not accept the client secret.",
                        "Paste the secret&#39;s Value.",
                        "not tried");
    }

    @Test
    void saysWhyThereIsNothingToTestYet() {
        assertThat(send(LIST + "/test", Map.of("directory_id", "x")))
                .bodyText()
                .contains("Nothing to test yet.", "Directory ID must be a GUID", "Client secret is empty");
    }

    @Test
    void testsASavedDeviceWithTheStoredSecret() {
        var device = device("Contoso");

        assertThat(send(LIST + "/" + device.id() + "/test", Map.of()))
                .bodyText()
                .contains("The connection works.");
    }

    // Changing

    @Test
    void keepsTheSecretWhenItIsLeftEmpty() {
        var device = device("Contoso");
        var form = new HashMap<>(right());
        form.put("name", "Contoso Ltd");
        form.put("client_secret", "");

        assertThat(send(LIST + "/" + device.id(), form)).hasRedirectedUrl(LIST + "/" + device.id());

        assertThat(devices.find(Scope.everything(), device.id()).orElseThrow().name())
                .isEqualTo("Contoso Ltd");
        assertThat(send(LIST + "/" + device.id() + "/test", Map.of()))
                .bodyText()
                .contains("The connection works.");
        assertThat(open(LIST + "/" + device.id()))
                .bodyText()
                .contains("Updated", "ada@example.com")
                .doesNotContain("Updated secrets");
    }

    @Test
    void switchesPollingOffAndOn() {
        var device = device("Contoso");

        send(LIST + "/" + device.id() + "/disable", Map.of());
        assertThat(open(LIST + "/" + device.id())).bodyText().contains("Disabled", "Enable");

        send(LIST + "/" + device.id() + "/enable", Map.of());
        assertThat(devices.find(Scope.everything(), device.id()).orElseThrow().enabled())
                .isTrue();
    }

    @Test
    void asksWithTheNameBeforeDeletingAndKeepsTheAlerts() {
        var device = device("Contoso");
        receive(device, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(open(LIST + "/" + device.id() + "/delete"))
                .bodyText()
                .contains("Delete Contoso?", "Its vendor alerts and incidents stay.");
        assertThat(send(LIST + "/" + device.id() + "/delete", Map.of())).hasRedirectedUrl(LIST);

        assertThat(devices.all(Scope.everything())).isEmpty();
        assertThat(open("/vendor-alerts")).bodyText().contains("Suspected DCSync attack");
        assertThat(open(LIST + "/" + device.id())).hasStatus(404);
    }

    // Details

    @Test
    void saysWhenTheGuidesTimesAreOver() {
        var device = device("Contoso");
        clock.advance(Duration.ofMinutes(14));
        assertThat(open(LIST + "/" + device.id())).bodyText().doesNotContain("Overdue.");

        clock.advance(Duration.ofMinutes(2));
        assertThat(open(LIST + "/" + device.id())).bodyText().contains("Overdue.");
    }

    @Test
    void showsEachFeedAndEachPoll() {
        var device = device("Contoso");
        receive(device, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(open(LIST + "/" + device.id()))
                .bodyText()
                .contains("IdentityLogonEvents", "IdentityQueryEvents", "IdentityDirectoryEvents")
                .contains("/security/alerts_v2", "/security/incidents", "request-1", "84 ms", "12 kB");
    }

    @Test
    void showsHostileNamesAsText() {
        var hostile = "<img src=x onerror=alert(1)>";
        var device = device(hostile);
        var escaped = "&lt;img src=x onerror=alert(1)&gt;";

        for (var address : List.of("", "/" + device.id(), "/" + device.id() + "/delete", "/" + device.id() + "/edit")) {
            assertThat(open(LIST + address)).bodyText().contains(escaped).doesNotContain(hostile);
        }
        assertThat(open("/vendor-alerts")).bodyText().contains(escaped).doesNotContain(hostile);
    }

    @Test
    void hasNothingAtAnAddressOfNoDevice() {
        assertThat(open(LIST + "/" + DIRECTORY))
                .hasStatus(404)
                .bodyText()
                .contains("There is nothing at this address.");
    }

    private SecurityDevice unhealthy(String name) {
        var device = device(name);
        feeds.failed(
                device.directory(),
                Feed.ALERTS,
                new Diagnosis(
                        Trouble.SECRET_ID_NOT_VALUE,
                        "Microsoft does not accept the client secret.",
                        "Paste the secret's Value.",
                        Optional.of("AADSTS7000215"),
                        OptionalInt.of(401),
                        Optional.of("request-77"),
                        Optional.empty()),
                clock.instant());
        return device;
    }

    private static Map<String, String> right() {
        return Map.of(
                "name",
                "Contoso Microsoft Defender for Identity",
                "location",
                "cloud",
                "directory_id",
                DIRECTORY,
                "application_id",
                APPLICATION,
                "client_secret",
                Pretend.RIGHT_SECRET);
    }

    private static List<String> namesIn(String page) {
        return Pattern.compile("data-test=\"device-([^\"]+)\"")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private static String problemBelow(String field, String page) {
        var problem = Pattern.compile("<p [^>]*id=\"problem-%s\"[^>]*>([^<]*)</p>".formatted(field))
                .matcher(page);
        assertThat(problem.find()).as("the note below " + field).isTrue();
        return problem.group(1);
    }
}
