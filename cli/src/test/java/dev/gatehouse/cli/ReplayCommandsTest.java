package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.http.WorkbenchClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandsTest {

    private static final String DIRECTORY = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;

    ReplayCommandsTest(@TempDir Path home) {
        stage = Stage.with(home, workbench);
    }

    @BeforeEach
    void connectContoso() {
        workbench.hasDevice("Contoso", DIRECTORY);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void startsListsShowsAndCancels() {
        var started = stage.run(
                "replay", "start", "contoso", "--feed", "alerts", "--from", "2026-11-20", "--to", "2026-11-21");
        var listed = stage.run("replay", "list", "--device", "Contoso");
        var shown = stage.run("replay", "show", "replay-1");
        var cancelled = stage.run("replay", "cancel", "replay-1");

        assertThat(started.exitCode()).isZero();
        assertThat(started.out()).contains("Queued with the id replay-1");
        assertThat(listed.out())
                .contains("Contoso", "alerts", "2026-11-20 00:00:00", "2026-11-21 00:00:00", "running", "40 %", "12");
        assertThat(shown.out())
                .contains("running, 40 %", "2026-11-23 12:30:05", "12 new", "Microsoft cannot be reached.");
        assertThat(cancelled.out()).contains("is cancelled");
    }

    @Test
    void printsJsonForPrograms() {
        var started = stage.run("replay", "start", "Contoso", "--feed", "alerts", "--from", "7d", "--json");

        var replay = WorkbenchClient.JSON.readTree(started.out());
        assertThat(replay.path("id").asString("")).isEqualTo("replay-1");
        assertThat(replay.path("percent").asInt(0)).isEqualTo(40);
        assertThat(replay.has("to")).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(stage.run("replay", "start", "Contoso", "--feed", "nonsense", "--from", "7d"))
                .returns(2, Stage.Outcome::exitCode)
                .satisfies(outcome -> assertThat(outcome.err()).contains("nonsense"));
        assertThat(stage.run("replay", "start", "Contoso", "--feed", "alerts", "--from", "soon"))
                .returns(2, Stage.Outcome::exitCode)
                .satisfies(outcome -> assertThat(outcome.err()).contains("--from 'soon' is no time"));
        assertThat(stage.run("replay", "start", "Fabrikam", "--feed", "alerts", "--from", "7d"))
                .returns(5, Stage.Outcome::exitCode);
        assertThat(stage.run("replay", "show", "../security_devices")).returns(5, Stage.Outcome::exitCode);
        assertThat(stage.run("replay")).returns(2, Stage.Outcome::exitCode);
    }
}
