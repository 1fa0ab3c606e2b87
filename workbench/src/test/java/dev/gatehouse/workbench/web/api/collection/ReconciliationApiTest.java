package dev.gatehouse.workbench.web.api.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.reconcile.Reconciliation.Count;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.Reconciliations;
import dev.gatehouse.workbench.reconcile.Reconciliations.Place;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconciliationApiTest {

    private static final String PATH = "/api/v2/reconciliations";
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(15));

    @SuppressWarnings("NullAway.Init") // JUnit starts it
    private static RunningWorkbench workbench;

    @SuppressWarnings("NullAway.Init")
    private static ApiClient client;

    @BeforeAll
    static void start() {
        workbench = RunningWorkbench.start(RunningWorkbench.nowhere());
        client = ApiClient.of(workbench);
    }

    @AfterAll
    static void stop() throws IOException {
        workbench.close();
    }

    @Test
    void tellsWhatGraphHasOfAnHourAndWhatIsHere() {
        var contoso = idleDevice("Contoso");
        workbench
                .get(Reconciliations.class)
                .checked(
                        new Place(contoso.directory(), Feed.ALERTS, hour),
                        State.HEALED,
                        new Count(214, 214, 3, 0, 0, 3, 0),
                        Optional.empty(),
                        Optional.of("request-7"),
                        hour.plus(Duration.ofHours(2)));

        var listed = client.get(PATH + "?filter%5Bstate%5D=healed&filter%5Bsecurity_device%5D%5Bid%5D=" + contoso.id());

        assertThat(listed.data()).hasSize(1);
        var found = listed.data().get(0).path("attributes");
        assertThat(found.path("sentence").asString())
                .isEqualTo("Contoso, 09:00–10:00: 214 in Graph, 214 here; 3 fetched because of this check");
        assertThat(found.path("in_graph").asInt()).isEqualTo(214);
        assertThat(found.path("healed").asInt()).isEqualTo(3);
        assertThat(found.path("request_id").asString()).isEqualTo("request-7");
    }

    @Test
    void takesARangeAndSaysHowManyComparisonsThatAre() {
        var fabrikam = idleDevice("Fabrikam");

        var asked = client.post(PATH, range(fabrikam.id(), "", hour, hour.plus(Duration.ofHours(2))));

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.body().at("/meta/comparisons").asInt()).isEqualTo(10);
        assertThat(client.get(PATH + "?filter%5Bsecurity_device%5D%5Bid%5D=" + fabrikam.id())
                        .data())
                .hasSize(10)
                .allSatisfy(row -> {
                    assertThat(row.at("/attributes/is_wanted").asBoolean()).isTrue();
                    assertThat(row.at("/attributes/requested_by").asString())
                            .isEqualTo("API token 'Command line on this machine'");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, 1, 2, /data/attributes/feed",
        "alerts, 2, 2, /data/attributes/to",
        "alerts, 1000, 1001, /data/attributes/from",
        "alerts, -900, 1, /data/attributes/from"
    })
    void namesTheAttributeThatIsWrong(String feed, long from, long to, String pointer) {
        var answer = client.post(
                PATH,
                range(
                        idleDevice("Wingtip").id(),
                        feed,
                        hour.plus(Duration.ofHours(from)),
                        hour.plus(Duration.ofHours(to))));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.pointer()).isEqualTo(pointer);
    }

    @Test
    void knowsNoDeviceThatNeverWasAndNoFilterThatThereIsNot() {
        for (var device : new String[] {UUID.randomUUID().toString(), "nonsense"}) {
            var answer = client.post(
                    PATH,
                    range(UUID.randomUUID(), "", hour, hour.plus(Duration.ofHours(1)))
                            .replaceFirst("\"device_id\": \"[^\"]+\"", "\"device_id\": \"" + device + "\""));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.pointer()).isEqualTo("/data/attributes/device_id");
        }
        assertThat(client.get(PATH + "?filter%5Bstate%5D=nonsense").status()).isEqualTo(400);
        assertThat(client.get(PATH + "?filter%5Bhour%5D=9").status()).isEqualTo(400);
    }

    /** Switched off, so that nobody asks Microsoft. */
    private static SecurityDevice idleDevice(String name) {
        var editing = workbench.get(DeviceEditing.class);
        var device =
                editing.add(Scope.everything(), WorkbenchParts.draft(name).with(DeviceField.CLOUD, "nowhere"), "test");
        return editing.setEnabled(device.id(), false, "test");
    }

    private static String range(UUID device, String feed, Instant from, Instant to) {
        return """
                {"data": {"type": "reconciliations", "attributes":
                    {"device_id": "%s", %s "from": "%s", "to": "%s"}}}""".formatted(device, feed.isEmpty() ? "" : "\"feed\": \"" + feed + "\",", from, to);
    }
}
