package dev.gatehouse.workbench.web.api.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollWindowApiTest {

    private static final String PATH = "/api/v2/poll_windows";

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
    void tellsWhatWasAskedAndWhyItFailed() {
        var contoso = workbench
                .get(DeviceEditing.class)
                .add(Scope.everything(), WorkbenchParts.draft("Contoso").with(DeviceField.CLOUD, "nowhere"), "test");
        var ofDevice = PATH + "?filter%5Bsecurity_device%5D%5Bid%5D=" + contoso.id();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> !client.get(ofDevice).data().isEmpty());
        // Of whichever feed has asked: once one was told that it cannot sign in, the others do not ask, and have no
        // window.
        var feed = client.get(ofDevice).data().get(0).at("/attributes/feed").asString("");
        var path = ofDevice + "&filter%5Bfeed%5D=" + feed;
        var window = client.get(path).data().get(0).path("attributes");

        assertThat(window.path("device_name").asString("")).isEqualTo("Contoso");
        assertThat(window.path("purpose").asString("")).isEqualTo("poll");
        assertThat(window.path("outcome").asString("")).isEqualTo("failed");
        assertThat(window.path("trouble").asString("")).isNotEmpty();
        assertThat(window.path("cause").asString("")).isNotEmpty();
        assertThat(window.path("pages").asInt(-1)).isZero();
        assertThat(client.get(path + "&filter%5Boutcome%5D=complete").data()).isEmpty();
        assertThat(client.get(path + "&filter%5Bto%5D=2020-01-01").data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed", "purpose", "outcome", "from", "to", "security_device][id", "colour"})
    void refusesFiltersThatItDoesNotUnderstand(String filter) {
        var name = filter.replace("[", "%5B").replace("]", "%5D");

        assertThat(client.get(PATH + "?filter%5B" + name + "%5D=nonsense").status())
                .isEqualTo(400);
    }
}
