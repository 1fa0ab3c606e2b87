package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.DemoState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerOptionsTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;
    private final Path home;

    ServerOptionsTest(@TempDir Path home) {
        this.home = home;
        stage = Stage.with(home, workbench);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void takesTheTokenFromAFile() throws IOException {
        var file = Files.writeString(home.resolve("token"), FakeWorkbench.TOKEN + "\n");
        stage.unset("GATEHOUSE_TOKEN");

        assertThat(stage.run("device", "list", "--token-file", file.toString()).exitCode())
                .isZero();
    }

    @Test
    void takesTheTokenThatTheWorkbenchOfThisMachineLeft() throws IOException {
        stage.unset("GATEHOUSE_TOKEN");
        leaveToken(stage.dataDirectory());

        assertThat(stage.run("device", "list").exitCode()).isZero();
    }

    @Test
    void looksForThatWhereTheWorkbenchWasToldToKeepItsData() throws IOException {
        stage.unset("GATEHOUSE_TOKEN")
                .set("GATEHOUSE_DATA_DIRECTORY", home.resolve("else where").toString());
        leaveToken(new DataDirectory(home.resolve("else where")));

        assertThat(stage.run("device", "list").exitCode()).isZero();
    }

    @Test
    void findsARunningDemoWhateverPortItTook() throws IOException {
        stage.unset("GATEHOUSE_TOKEN").unset("GATEHOUSE_URL");
        leaveToken(stage.dataDirectory().demo());
        new DemoState(URI.create(workbench.url()), ProcessHandle.current().pid())
                .write(stage.dataDirectory().demo());

        assertThat(stage.run("device", "list").exitCode()).isZero();
    }

    @Test
    void doesNotSendAScriptForRealTenantsIntoTheDemo() throws IOException {
        stage.unset("GATEHOUSE_TOKEN").unset("GATEHOUSE_URL");
        leaveToken(stage.dataDirectory().demo());
        new DemoState(URI.create(workbench.url()), ProcessHandle.current().pid())
                .write(stage.dataDirectory().demo());
        Files.writeString(stage.dataDirectory().tokenFile(), "a-real-token");

        stage.run("device", "list");

        assertThat(workbench.requests()).isEmpty();
    }

    @Test
    void doesNotTakeTheTokenOfThisMachineElsewhere() throws IOException {
        stage.unset("GATEHOUSE_TOKEN");
        leaveToken(stage.dataDirectory());

        var outcome = stage.run("device", "list", "--url", "https://workbench.example");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(outcome.err()).contains("Set GATEHOUSE_TOKEN or use --token-file");
    }

    @Test
    void saysWhereItLookedWhenThereIsNoToken() {
        stage.unset("GATEHOUSE_TOKEN");

        var outcome = stage.run("device", "list");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(outcome.err()).contains(stage.dataDirectory().tokenFile().toString());
    }

    @Test
    void reportsATokenThatIsNotAccepted() {
        stage.set("GATEHOUSE_TOKEN", "another");

        var outcome = stage.run("device", "list");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(outcome.err()).contains("This token is not known here.");
    }

    @Test
    void saysHowToStartAWorkbenchWhenNoneAnswers() {
        workbench.close();

        var outcome = stage.run("device", "list");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE.number());
        assertThat(outcome.err())
                .contains("No Workbench answered at " + workbench.url())
                .contains("./gatehouse serve");
    }

    @Test
    void showsTheStackTraceOnlyToThoseWhoAsk() {
        workbench.close();

        assertThat(stage.run("device", "list").err().lines()).hasSize(1);
        assertThat(stage.run("device", "list", "--debug").err()).contains("at dev.gatehouse.cli.");
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (var text : new String[] {"localhost:8080", "ftp://localhost", "http://", "::"}) {
            var outcome = stage.run("device", "list", "--url", text);

            assertThat(outcome.exitCode()).as(text).isEqualTo(ExitCode.BAD_INPUT.number());
            assertThat(outcome.err()).as(text).contains("is not the address of a Workbench");
        }
    }

    private static void leaveToken(DataDirectory directory) throws IOException {
        Files.createDirectories(directory.path());
        Files.writeString(directory.tokenFile(), FakeWorkbench.TOKEN + "\n");
    }
}
