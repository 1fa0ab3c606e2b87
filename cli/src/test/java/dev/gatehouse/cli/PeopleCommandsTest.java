package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.program.FailingProgram;
import dev.gatehouse.cli.program.Programs;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleCommandsTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Path home;
    private final Stage stage;

    PeopleCommandsTest(@TempDir Path home) {
        this.home = home;
        this.stage = Stage.with(home, workbench);
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    @Test
    void addsSomebodyAndPrintsThePasswordThatWasMade() {
        var added = stage.run("user", "add", "ada@example.com", "--role", "auditor", "--organization", "ACME");

        assertThat(added.exitCode()).isZero();
        assertThat(added.out()).isEqualTo("made-password\n");
        assertThat(added.err()).contains("Added ada@example.com.", "shown only now");
        assertThat(workbench
                        .person("user_accounts")
                        .at("/attributes/organization")
                        .asString(""))
                .isEqualTo("ACME");
    }

    @Test
    void takesAPasswordFromAFileOrAPersonAndDoesNotPrintIt() throws IOException {
        var file = Files.writeString(home.resolve("password"), "correct horse battery\n");

        var fromFile =
                stage.run("user", "add", "ada@example.com", "--role", "auditor", "--password-file", file.toString());
        var typed = stage.answering("correct horse battery").run("user", "reset", "ada@example.com");

        assertThat(fromFile.out()).isEmpty();
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains("ada@example.com has another password").doesNotContain("horse");
    }

    @Test
    void takesNoPasswordFromTheCommandLine() {
        var refused = stage.run("user", "add", "ada@example.com", "--role", "auditor", "--password", "hunter2");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(refused.err()).contains("--password-file").doesNotContain("hunter2");
        assertThat(workbench.requests()).isEmpty();
    }

    @Test
    void listsLocksUnlocksAndResets() {
        stage.run("user", "add", "ada@example.com", "--role", "auditor");

        assertThat(stage.run("user", "lock", "ADA@example.com").out()).contains("ada@example.com is locked.");
        assertThat(stage.run("user", "list").out()).contains("ada@example.com", "auditor", "locked", "(all)");
        assertThat(stage.run("user", "unlock", "ada@example.com").out()).contains("can sign in again");
        assertThat(stage.run("user", "list", "--json").out()).contains("\"locked\" : false");
        assertThat(stage.run("user", "reset", "ada@example.com").out()).isEqualTo("made-password\n");
        assertThat(stage.run("user", "lock", "nobody@example.com").exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void namesTheFieldThatIsWrong() {
        var refused = stage.run("user", "add", "ada@example.com", "--role", "janitor");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(refused.err()).contains("role: 'janitor' is no role");
    }

    @Test
    void makesATokenAloneOnStandardOutputAndRevokesIt() {
        var added = stage.run("token", "add", "A script", "--role", "auditor", "--expires", "2026-12-31");

        assertThat(added.out()).isEqualTo("gatehouse_made\n");
        assertThat(workbench.person("api_keys").at("/attributes/expires_at").asString(""))
                .isEqualTo("2026-12-31");
        assertThat(stage.run("token", "revoke", "a script").out()).contains("Revoked 'A script'.");
        assertThat(stage.run("token", "list").out())
                .contains("A script", "revoked")
                .doesNotContain("gatehouse_made");
    }

    @Test
    void sendsTheCodeThatWasGivenOrAsksForOneWhenTheWorkbenchWantsIt() {
        workbench.wantCode("123456");

        assertThat(stage.run("token", "add", "A script", "--role", "auditor", "--code", "123456")
                        .out())
                .isEqualTo("gatehouse_made\n");
        assertThat(stage.answering("123456 ")
                        .run("token", "add", "Another", "--role", "auditor")
                        .out())
                .isEqualTo("gatehouse_made\n");
    }

    @Test
    void saysThatACodeIsWantedWhereNobodyCanBeAskedOrItIsWrong() {
        workbench.wantCode("123456");

        var nobody = stage.run("token", "add", "A script", "--role", "auditor");
        var wrong = stage.answering("123456").run("token", "add", "A script", "--role", "auditor", "--code", "1");

        assertThat(nobody.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(nobody.err()).contains("Send the code that the authenticator app shows.");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
    }

    @Test
    void addsListsAndChangesOrganizations() {
        assertThat(stage.run("organization", "add", "Acme", "--region", "Europe")
                        .out())
                .contains("Added 'Acme' with the short name ACME and the GUID a123.");
        assertThat(stage.run("organization", "edit", "acme", "--name", "Acme Ltd")
                        .out())
                .contains("Changed 'Acme Ltd'.");
        assertThat(stage.run("organization", "list").out()).contains("ACME", "Acme Ltd", "Europe");
        assertThat(stage.run("organization", "edit", "acme").exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
    }

    @Test
    void worksOnADataDirectoryOnWhichNoWorkbenchRuns() throws IOException {
        var directory = dataDirectory();

        var added = offline(
                FakeMaintenanceProgram.class, "organization", "add", "Acme", "--data-dir", directory.toString());

        assertThat(added.err()).contains("Starting the database of " + directory);
        assertThat(added.out()).contains("Added 'Acme'");
        assertThat(added.exitCode()).isZero();
        assertThat(Files.readString(directory.resolve("asked"))).isEqualTo("POST /api/v2/organizations");
        assertThat(directory.resolve("maintenance")).doesNotExist();
        assertThat(workbench.requests()).isEmpty();
    }

    @Test
    void saysThatAWorkbenchRunsOnTheDataDirectoryAndHowToAskIt() throws IOException {
        var directory = dataDirectory();
        try (var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE);
                var held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            var refused = stage.run("user", "list", "--data-dir", directory.toString());

            assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
            assertThat(refused.err())
                    .contains(
                            "A Workbench runs on " + directory,
                            "--url",
                            "--token-file " + directory.resolve("api-token"));
        }
    }

    @Test
    void startsNothingWhereNoWorkbenchEverWas() {
        var refused = stage.run("user", "list", "--data-dir", home.toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(refused.err()).contains("is not the data directory of a Workbench");
    }

    @Test
    void takesEitherAnAddressOrADataDirectory() throws IOException {
        var refused = stage.run("user", "list", "--data-dir", dataDirectory().toString(), "--url", workbench.url());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
    }

    @Test
    void repeatsWhyTheDatabaseDidNotStart() throws IOException {
        var refused = offline(
                FailingProgram.class,
                "user",
                "list",
                "--data-dir",
                dataDirectory().toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
        assertThat(refused.err()).contains("The disk is full.");
    }

    private Path dataDirectory() throws IOException {
        var directory = Files.createDirectories(home.resolve("data"));
        Files.writeString(directory.resolve("lock"), "");
        return directory;
    }

    private Stage.Outcome offline(Class<?> program, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Gatehouse.run(stage.context(out, err, new Only(program)), arguments);
        return new Stage.Outcome(exitCode, out.toString(), err.toString());
    }

    private record Only(Class<?> program) implements Programs {

        @Override
        public Program simulator() {
            throw new AssertionError("This test starts no simulator");
        }

        @Override
        public Program workbench() {
            return new Program(List.of(System.getProperty("java.class.path")), program.getName());
        }
    }
}
