package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableCommandsTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;

    UnreadableCommandsTest(@TempDir Path home) {
        stage = Stage.with(home, workbench);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void listsRecordsWithCauseRequestIdAndText() {
        var listed = stage.run("unreadable", "list", "--feed", "alerts");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out())
                .contains("Contoso", "2026-11-23 09:00:00", "It has no id", "b1c2", "{\"title\":", "record-1")
                .doesNotContain("\u001b");
        assertThat(workbench.requests()).anyMatch(request -> request.contains("filter[feed]=alerts"));
    }

    @Test
    void showsARecordWithItsText() {
        assertThat(stage.run("unreadable", "show", "record-1").out())
                .contains("Cause       It has no id", "Request-id  b1c2", "{\"title\":", "2 in all")
                .doesNotContain("\u001b");
        assertThat(stage.run("unreadable", "show", "record-1", "--json").out())
                .contains("\"cause\" : \"It has no id\"");
    }

    @Test
    void hasOneTriedAgainAndTellsWhatCameOfIt() {
        assertThat(stage.run("unreadable", "retry", "record-1").out())
                .contains("The record still cannot be read: It has no id.");
        assertThat(stage.run("unreadable", "retry", "record-2").out()).contains("can be read now");
    }

    @Test
    void hasAllTriedAgain() {
        assertThat(stage.run("unreadable", "retry", "--all", "--feed", "alerts").out())
                .contains("2 records are tried again now");
        assertThat(workbench.requests()).contains("POST /api/v2/unreadable_records/retry?filter[feed]=alerts");
    }

    @Test
    void refusesWhatIsNoIdAndWhatNamesNothing() {
        assertThat(stage.run("unreadable", "retry", "../security_devices")).returns(5, Stage.Outcome::exitCode);
        assertThat(stage.run("unreadable", "retry")).returns(2, Stage.Outcome::exitCode);
        assertThat(stage.run("unreadable", "retry", "record-1", "--all")).returns(2, Stage.Outcome::exitCode);
        assertThat(stage.run("unreadable")).returns(2, Stage.Outcome::exitCode);
    }
}
