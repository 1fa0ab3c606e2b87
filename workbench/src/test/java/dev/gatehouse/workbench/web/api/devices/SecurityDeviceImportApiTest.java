package dev.gatehouse.workbench.web.api.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.DeviceHistory;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SecurityDeviceImportApiTest {

    private static final String PATH = "/api/v2/security_device_imports";
    private static final String SECRET = "Abc8Q~a-value-not-an-id";

    @SuppressWarnings("NullAway.Init") // JUnit starts it
    private static RunningWorkbench workbench;

    @SuppressWarnings("NullAway.Init")
    private static ApiClient client;

    @BeforeAll
    static void start() {
        workbench = RunningWorkbench.startWith(List.of(), RunningWorkbench.nowhere());
        client = ApiClient.of(workbench);
    }

    @AfterAll
    static void stop() throws IOException {
        workbench.close();
    }

    @AfterEach
    void removeDevices() {
        var devices = workbench.get(SecurityDevices.class);
        devices.all(Scope.everything())
                .forEach(device -> workbench.get(DeviceEditing.class).remove(device.id(), "test"));
    }

    @Test
    void addsEveryDeviceOfTheListAndNeverGivesASecretBack() {
        var answer =
                client.post(PATH, request(IntStream.range(0, 40).mapToObj(each -> device("Tenant " + each, guid()))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(outcomes(answer.attribute("results"))).hasSize(40).containsOnly("created");
        assertThat(answer.body().toString()).doesNotContain(SECRET);
        var devices = workbench.get(SecurityDevices.class);
        assertThat(devices.all(Scope.everything())).hasSize(40);
        var added = UUID.fromString(
                answer.attribute("results").path(7).path("device_id").asString(""));
        assertThat(devices.find(Scope.everything(), added).map(SecurityDevice::name))
                .contains("Tenant 7");
        assertThat(workbench.get(DeviceHistory.class).of(Scope.everything(), added))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.detail()).isEqualTo("Added as 'Tenant 7'");
                    assertThat(entry.actor()).isEqualTo("API token 'Command line on this machine'");
                });
    }

    @Test
    void keepsThePlacesAndGoesOnAfterWhatIsWrong() {
        var known = guid();
        client.post("/api/v2/security_devices", """
                {"data": {"type": "security_devices", "attributes": %s}}""".formatted(device("Contoso", known)));

        var results = client.post(
                        PATH,
                        request(Stream.of(
                                device("Contoso again", known),
                                device("Fabrikam", "fabrikam"),
                                "{\"name\": 7}",
                                device("Northwind", guid()))))
                .attribute("results");

        assertThat(outcomes(results)).containsExactly("exists", "failed", "failed", "created");
        assertThat(pointers(results.path(0))).containsExactly("/data/attributes/devices/0/directory_id");
        assertThat(pointers(results.path(1))).containsExactly("/data/attributes/devices/1/directory_id");
        assertThat(pointers(results.path(2))).containsExactly("/data/attributes/devices/2/name");
        assertThat(results.path(2).path("errors").path(0).path("detail").asString(""))
                .isEqualTo("name must be a text.");
    }

    @Test
    void addsADirectoryThatStandsThereTwiceOnce() {
        var directory = guid();

        var results = client.post(
                        PATH, request(Stream.of(device("Contoso", directory), device("Contoso 2", directory))))
                .attribute("results");

        assertThat(outcomes(results)).containsExactly("created", "exists");
        assertThat(results.path(1).toString()).contains("already connected as device 'Contoso'");
    }

    @Test
    void addsNothingInADryRun() {
        var results = client.post(
                        PATH,
                        request(Stream.of(device("Contoso", guid()).replace(SECRET, guid())))
                                .replace("\"devices\"", "\"dry_run\": true, \"devices\""))
                .attribute("results");

        assertThat(outcomes(results)).containsExactly("ready");
        assertThat(results.path(0).path("warnings").toString()).contains("This looks like the Secret ID");
        assertThat(workbench.get(SecurityDevices.class).all(Scope.everything())).isEmpty();
    }

    @Test
    void refusesMoreThanAThousandAtOnce() {
        var refused = client.post(PATH, request(Stream.generate(() -> "{}").limit(1001)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).isEqualTo("devices holds 1001 objects. Send at most 1000 at once.");
    }

    @Test
    void refusesAListThatIsNone() {
        var refused = client.post(PATH, """
                {"data": {"type": "security_device_imports", "attributes": {"devices": "all"}}}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointer()).isEqualTo("/data/attributes/devices");
    }

    private static List<String> outcomes(JsonNode results) {
        return results.findValuesAsString("outcome");
    }

    private static List<String> pointers(JsonNode result) {
        return result.path("errors").findValuesAsString("pointer");
    }

    private static String request(Stream<String> devices) {
        return """
                {"data": {"type": "security_device_imports", "attributes": {"devices": [%s]}}}""".formatted(devices.collect(Collectors.joining(",")));
    }

    private static String device(String name, String directory) {
        return """
                {"name": "%s", "location": "cloud", "directory_id": "%s", "application_id": "%s", "client_secret": "%s",
                 "cloud": "global"}""".formatted(name, directory, guid(), SECRET);
    }

    private static String guid() {
        return UUID.randomUUID().toString();
    }
}
