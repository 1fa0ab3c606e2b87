package dev.gatehouse.workbench.web.api.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayApiTest {

    private static final String PATH = "/api/v2/replays";

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
    void queuesARangeAndTellsHowFarItIs() {
        var contoso = idleDevice("Contoso");

        var made = client.post(PATH, replay(contoso.id(), "alerts", "2026-01-02T00:00:00Z", "2026-01-05T00:00:00Z"));

        assertThat(made.status()).isEqualTo(201);
        var one = client.get(made.location());
        assertThat(one.attribute("device_name").asString("")).isEqualTo("Contoso");
        assertThat(one.attribute("feed").asString("")).isEqualTo("alerts");
        assertThat(one.attribute("purpose").asString("")).isEqualTo("request");
        assertThat(one.attribute("state").asString("")).isEqualTo("queued");
        assertThat(one.attribute("percent").asInt(-1)).isZero();
        assertThat(one.attribute("from").asString("")).isEqualTo("2026-01-02T00:00:00.000Z");
        assertThat(one.attribute("requested_by").asString("")).isEqualTo("API token 'Command line on this machine'");
        assertThat(one.attribute("estimated_end_at").isNull()).isTrue();
    }

    @Test
    void listsThoseOfADeviceAndState() {
        var fabrikam = idleDevice("Fabrikam");
        client.post(PATH, replay(fabrikam.id(), "alerts", "2026-01-02", "2026-01-05"));
        client.post(PATH, replay(fabrikam.id(), "incidents", "2026-01-02", "2026-01-05"));

        var all = client.get(PATH + "?filter%5Bsecurity_device%5D%5Bid%5D=" + fabrikam.id());
        var done = client.get(PATH + "?filter%5Bstate%5D=done&filter%5Bsecurity_device%5D%5Bid%5D=" + fabrikam.id());

        assertThat(all.data()).hasSize(2);
        assertThat(done.data()).isEmpty();
        assertThat(client.get(PATH + "?filter%5Bstate%5D=nonsense").status()).isEqualTo(400);
        assertThat(client.get(PATH + "?filter%5Bsecurity_device%5D%5Bid%5D=x").status())
                .isEqualTo(400);
    }

    @Test
    void cancelsAndStaysCancelled() {
        var made = client.post(PATH, replay(idleDevice("Tailspin").id(), "alerts", "2026-01-02", "2026-01-05"));

        var cancelled = client.post(made.location() + "/cancel", "{}");
        var again = client.post(made.location() + "/cancel", "{}");

        assertThat(cancelled.attribute("state").asString("")).isEqualTo("cancelled");
        assertThat(again.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, 2026-01-02, 2026-01-05, /data/attributes/feed",
        "alerts, soon, 2026-01-05, /data/attributes/from",
        "alerts, 2026-01-05, 2026-01-05, /data/attributes/to",
        "alerts, 2999-01-01, 2999-01-02, /data/attributes/from",
        "alerts, 2026-01-02, 2999-01-02, /data/attributes/to"
    })
    void namesTheAttributeThatIsWrong(String feed, String from, String to, String pointer) {
        var answer = client.post(PATH, replay(idleDevice("Wingtip").id(), feed, from, to));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.pointer()).isEqualTo(pointer);
    }

    @Test
    void knowsNoReplayOrDeviceThatNeverWas() {
        assertThat(client.get(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(client.get(PATH + "/nonsense").status()).isEqualTo(404);
        var answer = client.post(PATH, replay(UUID.randomUUID(), "alerts", "2026-01-02", "2026-01-05"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.pointer()).isEqualTo("/data/attributes/device_id");
    }

    /** Switched off, so that nobody asks Microsoft. */
    private static SecurityDevice idleDevice(String name) {
        var editing = workbench.get(DeviceEditing.class);
        var device = editing.add(Scope.everything(), draft(name), "test");
        return editing.setEnabled(device.id(), false, "test");
    }

    private static DeviceDraft draft(String name) {
        return WorkbenchParts.draft(name).with(DeviceField.CLOUD, "nowhere");
    }

    private static String replay(UUID device, String feed, String from, String to) {
        return """
                {"data": {"type": "replays", "attributes":
                    {"device_id": "%s", "feed": "%s", "from": "%s", "to": "%s"}}}""".formatted(device, feed, from, to);
    }
}
