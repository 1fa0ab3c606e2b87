package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.stories.stage.RunningDemo;
import dev.gatehouse.stories.stage.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo has something of everything to show, and what it prints works. */
class DemoTest {

    private static final String ADD = "/settings/security-devices/add?setupIntegration=microsoft_defender_for_identity";
    private static final String SET_UP = "/settings/setup-guide";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // before the first test
    private static RunningDemo demo;

    @SuppressWarnings("NullAway.Init")
    private static WorkbenchClient client;

    @BeforeAll
    static void start() throws IOException {
        demo = RunningDemo.start(directory);
        client = new WorkbenchClient(
                demo.url(), Files.readString(directory.resolve("api-token")).strip());
    }

    @AfterAll
    static void end() {
        client.close();
        demo.close();
    }

    @Test
    void hasThreeOrganizationsEachWithDevices() {
        var organizations = client.list("organizations", Map.of(), 100).stream()
                .filter(organization ->
                        !Resource.attribute(organization, "name").equals("Woodgrove Bank"))
                .toList();

        assertThat(organizations).hasSize(3).allSatisfy(organization -> {
            assertThat(Resource.attribute(organization, "region")).isNotEmpty();
            assertThat(devices())
                    .extracting(device -> Resource.attribute(device, "organization"))
                    .contains(Resource.attribute(organization, "short_name"));
        });
    }

    @Test
    void showsMoreOfADirectoryToTheXdrDeviceThanToTheOneForIdentity() {
        var identity = device("Fabrikam");
        var xdr = device("Fabrikam XDR");

        assertThat(Resource.attribute(xdr, "plugin_slug")).isEqualTo("microsoft_defender_xdr");
        assertThat(Resource.attribute(identity, "plugin_slug")).isEqualTo("microsoft_defender_for_identity");
        assertThat(Resource.attribute(xdr, "directory_id")).isEqualTo(Resource.attribute(identity, "directory_id"));
        await().atMost(PATIENCE).until(() -> alerts(identity) > 0 && alerts(xdr) > alerts(identity));
    }

    @Test
    void hasPeopleAtWorkOnAnIncidentAndAnInvestigationAndOneIncidentThatIsClosed() throws IOException {
        var analyst = demo.signIn("SOC Analyst");
        try (var visitor = Visitor.signedIn(demo.url(), analyst.getKey(), analyst.getValue())) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(visitor.read("/activity?show=incidents&status=closed"))
                        .contains("True positive");
                assertThat(visitor.read("/activity?show=incidents")).contains("data-key=");
                assertThat(visitor.read("/activity?show=investigations")).contains("data-key=");
            });
        }
    }

    @Test
    void letsSomebodyOfEachRoleInAndKeepsThePasswordsFromOthers() throws IOException {
        for (var role : List.of("Organization Admin", "Organization Analyst", "SOC Analyst", "SOC Admin", "Auditor")) {
            var signIn = demo.signIn(role);
            try (var visitor = Visitor.signedIn(demo.url(), signIn.getKey(), signIn.getValue())) {
                assertThat(visitor.read("/"))
                        .as(role)
                        .contains(">" + role + "<", ">Vendor alerts in the last 24 hours<");
            }
            assertThat(Files.readString(directory.resolve("logs/workbench.log")))
                    .doesNotContain(signIn.getValue());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("people.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void connectsWhatItPrintsWithoutAWordAboutTheCloud() {
        var added = new Devices(client)
                .create(DeviceRequest.empty()
                        .with(DeviceField.NAME, "Tailspin Toys")
                        .with(DeviceField.LOCATION, "cloud")
                        .with(DeviceField.ORGANIZATION, "NORTHWIND")
                        .with(DeviceField.DIRECTORY_ID, demo.printed("Directory ID"))
                        .with(DeviceField.APPLICATION_ID, demo.printed("Application ID"))
                        .with(DeviceField.CLIENT_SECRET, demo.printed("Client secret")))
                .dataOrFail();

        assertThat(new Devices(client)
                        .test(Resource.id(added))
                        .at("/attributes/passed")
                        .asBoolean())
                .isTrue();
        await().atMost(PATIENCE).until(() -> alerts(added) > 0);
    }

    @Test
    void choosesTheRightCloudInItsForms() {
        var signIn = demo.signIn("SOC Admin");
        try (var visitor = Visitor.signedIn(demo.url(), signIn.getKey(), signIn.getValue())) {
            assertThat(visitor.read(ADD)).containsPattern("<option value=\"simulator\"\\s+selected");
            assertThat(visitor.read(SET_UP + "/add")).containsPattern("<option value=\"simulator\"\\s+selected");

            var guide = visitor.send(
                    SET_UP + "/add",
                    SET_UP,
                    Map.of(
                            "name",
                            "Woodgrove Bank",
                            "directory_id",
                            demo.printed("Directory ID", 1),
                            "organization",
                            UUID.randomUUID().toString()));
            assertThat(guide).contains("Woodgrove Bank", "Do it for me");
        }
    }

    private static List<JsonNode> devices() {
        return new Devices(client).all();
    }

    private static JsonNode device(String name) {
        return new Devices(client).find(name);
    }

    private static int alerts(JsonNode device) {
        return client.list("vendor_alerts", Map.of("filter[security_device][id]", Resource.id(device)), 1000)
                .size();
    }
}
