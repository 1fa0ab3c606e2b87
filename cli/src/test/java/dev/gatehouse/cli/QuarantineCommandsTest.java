package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineCommandsTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;

    QuarantineCommandsTest(@TempDir Path home) {
        stage = Stage.with(home, workbench);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void listsWhatCouldNotBeReadAndHasItTriedAgain() {
        workbench.hasQuarantinedWindow();

        var listed = stage.run("quarantine", "list", "--state", "owed");
        var retried = stage.run("quarantine", "retry", "window-1");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out())
                .contains("Contoso", "alerts", "2026-11-23 09:00:00", "owed", "error 500", "b1c2", "window-1");
        assertThat(retried.exitCode()).isZero();
        assertThat(retried.out()).contains("is tried again now");
        assertThat(workbench.requests())
                .anyMatch(request -> request.contains("filter[state]=owed"))
                .contains("POST /api/v2/quarantined_windows/window-1/retry");
    }

    @Test
    void saysThatNothingIsInQuarantine() {
        assertThat(stage.run("quarantine", "list").err()).contains("Nothing is in quarantine.");
    }

    @Test
    void refusesWhatIsNoId() {
        assertThat(stage.run("quarantine", "retry", "../security_devices")).returns(5, Stage.Outcome::exitCode);
        assertThat(stage.run("quarantine")).returns(2, Stage.Outcome::exitCode);
    }
}
