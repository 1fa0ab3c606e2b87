package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.http.WorkbenchClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcileCommandsTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;

    ReconcileCommandsTest(@TempDir Path home) {
        stage = Stage.with(home, workbench);
    }

    @BeforeEach
    void connectContoso() {
        workbench.hasDevice("Contoso", "1b4e28ba-2fa1-41d2-883f-0016d3cca427");
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void asksForHoursToBeComparedAndListsWhatCameOfIt() {
        var started = stage.run("reconcile", "start", "contoso", "--from", "2026-11-22", "--to", "2026-11-23");
        var listed = stage.run("reconcile", "list", "--device", "Contoso", "--feed", "alerts", "--state", "healed");

        assertThat(started.exitCode()).isZero();
        assertThat(started.out())
                .contains("120 comparisons are queued, 2026-11-22 00:00:00 to 2026-11-23 00:00:00 UTC.");
        assertThat(listed.out())
                .contains("2026-11-23 09:00:00", "alerts", "healed")
                .contains("Contoso, 09:00–10:00: 214 in Graph, 214 here; 3 fetched because of this check");
    }

    @Test
    void printsJsonForPrograms() {
        var started = stage.run("reconcile", "start", "Contoso", "--feed", "alerts", "--from", "24h", "--json");

        assertThat(WorkbenchClient.JSON
                        .readTree(started.out())
                        .path("comparisons")
                        .asInt())
                .isEqualTo(24);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(stage.run("reconcile", "start", "Contoso", "--from", "soon"))
                .returns(2, Stage.Outcome::exitCode)
                .satisfies(outcome -> assertThat(outcome.err()).contains("--from 'soon' is no time"));
        assertThat(stage.run("reconcile", "start", "Fabrikam", "--from", "7d")).returns(5, Stage.Outcome::exitCode);
        assertThat(stage.run("reconcile")).returns(2, Stage.Outcome::exitCode);
    }
}
