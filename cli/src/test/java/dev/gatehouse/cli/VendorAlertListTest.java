package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.http.WorkbenchClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorAlertListTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;

    VendorAlertListTest(@TempDir Path home) {
        stage = Stage.with(home, workbench);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void listsAlertsInATable() {
        workbench.hasAlert("da1", "Suspected DCSync attack");

        var outcome = stage.run("alerts");

        assertThat(outcome.out().lines())
                .containsExactly(
                        "UPDATED (UTC)        SEVERITY  STATUS  TITLE                    DEVICE   VENDOR INCIDENT",
                        "2026-11-23 12:00:05  high      new     Suspected DCSync attack  Contoso  4711");
    }

    @Test
    void printsAlertsAsAnArrayOfFlatObjects() {
        workbench.hasAlert("da1", "Suspected DCSync attack");

        var json = WorkbenchClient.JSON.readTree(stage.run("alerts", "--json").out());

        assertThat(json.get(0).path("original_alert_id").asString("")).isEqualTo("da1");
    }

    @Test
    void saysInOneSentenceThatTheDatabaseIsAwayAndWhatToDo() {
        workbench.losesItsDatabase();

        var outcome = stage.run("alerts");

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.err().lines()).containsExactly("gatehouse: " + FakeWorkbench.DATABASE_IS_AWAY);
    }

    @Test
    void takesNoMoreThanWereAskedFor() {
        for (var i = 1; i <= 5; i++) {
            workbench.hasAlert("da" + i, "Suspected DCSync attack");
        }

        assertThat(stage.run("alerts", "--limit", "3").out().lines()).hasSize(4);
        assertThat(workbench.requests()).hasSize(2);
    }

    @Test
    void passesTheFiltersOn() {
        workbench.hasDevice("Contoso", "1b4e28ba-2fa1-41d2-883f-0016d3cca427");

        stage.run(
                "alerts",
                "--severity",
                "high,medium",
                "--status",
                "new",
                "--device",
                "Contoso",
                "--text",
                "a & b",
                "--since",
                "2026-11-23");

        assertThat(workbench.requests().getLast())
                .startsWith("GET /api/v2/vendor_alerts?sort=-updated_at")
                .contains("&filter[severity]=high,medium")
                .contains("&filter[microsoft_status]=new")
                .contains("&filter[security_device][id]=00000000-0000-0007-0000-000000000001")
                .contains("&flag[search]=a & b")
                .contains("&filter[created_at]=>=2026-11-23T00:00:00Z");
    }

    @Test
    void keepsATitleFromWritingOverTheTerminal() {
        workbench.hasAlert("da1", "Harmless\u001b[2K\rnothing\u202eto see");

        assertThat(stage.run("alerts").out()).contains("Harmless [2K nothing to see");
    }
}
