package dev.gatehouse.workbench.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.util.FileSystemUtils;

@TestInstance(Lifecycle.PER_CLASS)
class EmbeddedPostgresTest {

    private final Path directory;
    private final Path folder;
    private final Path cluster;

    EmbeddedPostgresTest() throws IOException {
        directory = Files.createTempDirectory("gatehouse-postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        folder = directory.resolve("postgres");
        cluster = folder.resolve("data-18");
    }

    @BeforeEach
    void startWithoutData() throws IOException {
        FileSystemUtils.deleteRecursively(cluster);
    }

    @AfterAll
    void delete() throws IOException {
        FileSystemUtils.deleteRecursively(directory);
    }

    @Test
    void keepsWhatWasWrittenWhenItIsStoppedAndStartedAgain() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            write(postgres, "kept");
        }

        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(read(postgres)).isEqualTo("kept");
        }
    }

    @Test
    void runsAsRealDataNeedsIt() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
            assertThat(ask(postgres, "show server_encoding")).isEqualTo("UTF8");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "show unix_socket_directories")).isEmpty();
            assertThat(ask(postgres, "show password_encryption")).isEqualTo("scram-sha-256");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws IOException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThatThrownBy(
                            () -> DriverManager.getConnection(postgres.url("postgres"), EmbeddedPostgres.USER, "guess")
                                    .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void startsTheServerAgainWhenItIsKilled() throws SQLException, IOException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            write(postgres, "survives");
            var killed = postgres.pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> read(postgres)
                    .equals("survives"));
            assertThat(postgres.pid()).isNotEqualTo(killed);
        }
    }

    @Test
    void leavesNoServerBehindWhenItsProgramIsKilledAndLosesNothing() throws Exception {
        var program = startProgram();
        try {
            var url = program.inputReader(StandardCharsets.UTF_8).readLine();
            write(url, "committed");
        } finally {
            program.destroyForcibly().waitFor();
        }

        await().atMost(Duration.ofMinutes(1))
                .until(() -> new Orphan(cluster).processesInCluster().isEmpty());
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(read(postgres)).isEqualTo("committed");
        }
    }

    @Test
    void stopsAServerThatAnEarlierRunLeftBehind() throws Exception {
        String earlier;
        try (var postgres = EmbeddedPostgres.start(folder)) {
            write(postgres, "kept");
            earlier = postgres.password();
        }
        var orphan = new ProcessBuilder(orphanCommand(ServerUser.ofThisProcess(), Binaries.unpackInto(folder)))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(orphan.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.lines().anyMatch(line -> line.contains("ready to accept connections")))
                    .isTrue();

            try (var postgres = EmbeddedPostgres.start(folder)) {
                assertThat(read(postgres)).isEqualTo("kept");
                assertThat(postgres.password()).isEqualTo(earlier);
                assertThat(orphan.waitFor()).isZero();
            }
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void ignoresALockFileWhoseProcessNumberBelongsToAnotherProgramByNow() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            write(postgres, "kept");
        }
        Files.writeString(
                cluster.resolve("postmaster.pid"),
                "%d\n%s\n1700000000\n5432\n".formatted(ProcessHandle.current().pid(), cluster));

        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(read(postgres)).isEqualTo("kept");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void makesTheDataAnewWhenMakingItWasBrokenOff() throws IOException, SQLException {
        var unfinished = Files.createDirectories(folder.resolve("making-data"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "18");

        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(ask(postgres, "select 'works'")).isEqualTo("works");
        }
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void namesTheFolderThatIsInTheWayAndTheCure() throws IOException {
        assumeThat(DataDirectory.isRoot()).as("runs as root").isTrue();
        var closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThatThrownBy(() -> EmbeddedPostgres.start(closed.resolve("data/postgres")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("cannot get through %s to".formatted(closed))
                .hasMessageContaining("chmod o+x " + closed);
    }

    @Test
    void saysWhatToDoWhereThereIsNoEmbeddedServer() {
        assertThatThrownBy(() -> Binaries.requireSupportedPlatform("Mac OS X", "aarch64"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("gatehouse.database.url");
    }

    private List<String> orphanCommand(ServerUser user, Binaries binaries) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return user.command(List.of(
                    binaries.program("postgres"),
                    "-D",
                    cluster.toString(),
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "port=" + socket.getLocalPort()));
        }
    }

    private Process startProgram() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProgram.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void write(EmbeddedPostgres postgres, String text) throws SQLException {
        write(postgres.url("postgres"), text);
    }

    private void write(String url, String text) throws SQLException {
        try (var connection = DriverManager.getConnection(url, EmbeddedPostgres.USER, password());
                var statement = connection.createStatement()) {
            statement.execute("create table note as select '%s'::text as text".formatted(text));
        }
    }

    private String password() {
        try {
            return Files.readString(folder.resolve("password"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(EmbeddedPostgres postgres) throws SQLException {
        return ask(postgres, "select text from note");
    }

    private static String ask(EmbeddedPostgres postgres, String question) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        postgres.url("postgres"), EmbeddedPostgres.USER, postgres.password());
                var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            assertThat(answer.next()).isTrue();
            return answer.getString(1);
        }
    }
}
