package dev.gatehouse.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator meets it when something is wrong with its surroundings. */
class WorkbenchTest {

    private final Path folder;

    WorkbenchTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void explainsASettingThatMakesNoSenseInOneLine() throws Exception {
        assertThat(run("--poll.interval", "10ms"))
                .isEqualTo(new Ended(2, "gatehouse.poll.interval must be at least 1s, but was 0.01s"));
    }

    @Test
    void explainsASettingThatNobodyKnows() throws Exception {
        var ended = run("--pol.interval", "1s");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .startsWith("gatehouse.pol.interval is not a setting")
                .hasLineCount(1);
    }

    @Test
    void explainsAValueThatCannotBeRead() throws Exception {
        var ended = run("--poll.overlap", "soon");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .startsWith("gatehouse.poll.overlap cannot be 'soon'")
                .hasLineCount(1);
    }

    @Test
    void explainsAConfigurationFileThatIsNotYaml() throws Exception {
        var file = Files.writeString(folder.resolve("broken.yaml"), "gatehouse:\n  poll: [unclosed");

        var ended = run("--config", file.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .contains("%s is not valid YAML: line 2".formatted(file))
                .hasLineCount(1);
    }

    @Test
    void explainsADatabaseThatIsNotThere() throws Exception {
        int unused;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }

        var ended = run(
                "--database.url",
                "jdbc:postgresql://127.0.0.1:%d/gatehouse?password=hidden".formatted(unused),
                "--database.username",
                "gatehouse");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .startsWith("Cannot reach the database at jdbc:postgresql://127.0.0.1:%d/gatehouse:".formatted(unused))
                .doesNotContain("hidden")
                .hasLineCount(1);
    }

    @Test
    void refusesADatabaseThatALaterReleaseHasWorkedOn() throws Exception {
        try (var database = WorkbenchDatabase.create()) {
            database.look().sql("""
                            insert into flyway_schema_history
                            select installed_rank + 1, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1,
                                   installed_by, installed_on, 1, true
                            from flyway_schema_history order by installed_rank desc limit 1
                            """).update();
            var before = Contents.of(database);

            var ended = run(flagsFor(database));

            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.output())
                    .startsWith("A later release of Gatehouse has worked on this database: its schema has version 999")
                    .contains("Start that release or a later one.", "restore the backup")
                    .hasLineCount(1);
            assertThat(Contents.of(database)).isEqualTo(before);
        }
    }

    @Test
    void doesNotStartWithoutTheKeyThatSecretsAreSealedWith() throws Exception {
        try (var database = WorkbenchDatabase.create()) {
            database.look().sql("""
                            with contoso as (
                                insert into tenant (tenant_id, organization_id)
                                select gen_random_uuid(), id from organization returning tenant_id)
                            insert into security_device (id, kind, name, location, directory_id, application_id, cloud,
                                                         sealed_secret, created_at, updated_at)
                            select gen_random_uuid(), 'microsoft_defender_for_identity', 'Contoso', 'cloud', tenant_id, gen_random_uuid(), 'global',
                                   'sealed', now(), now() from contoso
                            """).update();

            var ended = run(flagsFor(database));

            var key = folder.resolve("data").resolve("secret.key");
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.output())
                    .startsWith("The key file %s is missing, and 1 secret is sealed with it.".formatted(key))
                    .contains("Put it back from a backup")
                    .hasLineCount(1);
            assertThat(key).doesNotExist();
        }
    }

    private static String[] flagsFor(WorkbenchDatabase database) {
        return new String[] {
            "--server.port=0",
            "--database.url=" + database.url(),
            "--database.username=" + database.username(),
            "--gatehouse.database.password=" + database.password()
        };
    }

    private record Ended(int code, String output) {}

    private Ended run(String... flags) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Workbench.class.getName(),
                "--data-directory",
                folder.resolve("data").toString()));
        command.addAll(List.of(flags));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new ArrayList<String>();
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            output.add(line);
            if (line.contains("ready at http")) {
                // It should have refused to start, and would go on for ever.
                process.destroy();
            }
        });
        return new Ended(process.waitFor(), String.join("\n", output).strip());
    }
}
