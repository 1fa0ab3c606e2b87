package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandsTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;
    private final Path home;

    RulesCommandsTest(@TempDir Path home) {
        this.home = home;
        stage = Stage.with(home, workbench);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void saysWhatIsWrongWithEachFile() throws IOException {
        var fine = Files.writeString(home.resolve("fine.yaml"), "id: fine");
        var wrong = Files.writeString(home.resolve("other.yaml"), "id: wrong");

        var alone = stage.run("rules", "check", fine.toString());
        var both = stage.run("rules", "check", fine.toString(), wrong.toString());

        assertThat(alone.exitCode()).isZero();
        assertThat(alone.out()).contains("fine.yaml: fine");
        assertThat(both.exitCode()).isEqualTo(1);
        assertThat(both.out()).contains("fine.yaml: fine", "other.yaml:7:3: Undefined field 'wrong'");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThat(stage.run("rules", "check", home.resolve("nothing.yaml").toString()))
                .returns(2, Stage.Outcome::exitCode);
        assertThat(stage.run("rules", "check")).returns(2, Stage.Outcome::exitCode);
        assertThat(stage.run("rules")).returns(2, Stage.Outcome::exitCode);
    }
}
