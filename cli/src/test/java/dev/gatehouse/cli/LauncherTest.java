package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a repository of empty rooms, with JDKs and a Maven that only say how they were called. */
@Timeout(120)
class LauncherTest {

    private static final Path LAUNCHER =
            Path.of("..", "gatehouse").toAbsolutePath().normalize();

    private final Path root;
    private final Path jdks;
    private final Path tools;
    private final Path elsewhere;
    private Optional<Path> javaHome = Optional.empty();

    LauncherTest(@TempDir Path directory) {
        root = directory.resolve("a place with spaces");
        jdks = directory.resolve("jvm");
        tools = directory.resolve("tools");
        elsewhere = directory.resolve("elsewhere");
    }

    @BeforeEach
    void furnish() throws IOException {
        for (var room : List.of("model", "intake", "setup", "workbench", "cli", "kql", "simulator")) {
            Files.createDirectories(root.resolve(room).resolve("src/main"));
            Files.writeString(root.resolve(room).resolve("pom.xml"), "");
            Files.writeString(root.resolve(room).resolve("src/main/Source.java"), "");
        }
        Files.writeString(root.resolve("pom.xml"), "");
        Files.copy(LAUNCHER, root.resolve("gatehouse"));
        script(root.resolve("mvnw"), """
                echo "mvnw $*" >>"$0.calls"
                echo "[INFO] Building Gatehouse cli 0.1.0-SNAPSHOT [1/1]"
                case " $* " in *" -pl "*) ;; *) echo "verified with $JAVA_HOME: $*"; exit 0 ;; esac
                if [ -f "$0.broken" ]; then echo "[ERROR] This does not compile"; exit 1; fi
                for room in cli workbench simulator; do
                    mkdir -p "$room/target/lib" && : >"$room/target/gatehouse-$room-0.1.jar"
                done
                """);
        Files.createDirectories(elsewhere);
        Files.createDirectories(jdks);
        Files.createDirectories(tools);
        for (var tool : List.of(
                "sh",
                "dirname",
                "readlink",
                "grep",
                "sed",
                "find",
                "head",
                "mkdir",
                "rm",
                "mv",
                "stty",
                "cat",
                "mktemp",
                "chmod",
                "sleep")) {
            Files.createSymbolicLink(tools.resolve(tool), where(tool));
        }
        script(tools.resolve("id"), "echo 1000");
        script(tools.resolve("chromium"), "");
    }

    @Test
    void findsAJdkInAUsualPlaceWhenTheOneOnThePathIsTooOld() throws Exception {
        jdk("java-17", "17.0.2");
        var chosen = jdk("temurin-25", "25.0.3");
        Files.createSymbolicLink(tools.resolve("java"), jdks.resolve("java-17/bin/java"));

        assertThat(run("alerts").out()).startsWith(chosen + "/bin/java ");
    }

    @Test
    void prefersJavaHome() throws Exception {
        jdk("temurin-25", "25.0.3");
        javaHome = Optional.of(jdk("my-own", "26"));

        assertThat(run("alerts").out()).startsWith(javaHome.get() + "/bin/java ");
    }

    @Test
    void findsTheJdkBehindTheLinksOnThePath() throws Exception {
        var jdk = jdk("temurin-25", "25.0.3");
        var hidden = Files.move(jdk, elsewhere.resolve("jdk"));
        Files.createSymbolicLink(elsewhere.resolve("alternative"), Path.of("jdk/bin/java"));
        Files.createSymbolicLink(tools.resolve("java"), elsewhere.resolve("alternative"));

        assertThat(run("alerts").exitCode()).as(hidden.toString()).isZero();
    }

    @Test
    void asksAJavaThatHasNoReleaseFile() throws Exception {
        Files.delete(jdk("a-old", "1.8.0_402").resolve("release"));
        var chosen = jdk("b-new", "25");
        Files.delete(chosen.resolve("release"));

        assertThat(run("alerts").out()).startsWith(chosen + "/bin/java ");
    }

    @Test
    void saysWhatToInstallWhereItLookedAndWhatItFound() throws Exception {
        jdk("java-17", "17.0.2");
        Files.delete(jdk("jre-25", "25.0.3").resolve("bin/javac"));

        var outcome = run("alerts");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
        assertThat(outcome.err())
                .contains("Needs a JDK 25 or newer")
                .contains("apt-get install")
                .contains("JAVA_HOME (not set)")
                .contains(jdks.toString())
                .contains(jdks + "/java-17: Java 17, too old")
                .contains(jdks + "/jre-25: Java 25 without a compiler");
    }

    @Test
    void needsNoCompilerForWhatIsBuilt() throws Exception {
        var jdk = jdk("java-25", "25.0.3");
        run("alerts");
        Files.delete(jdk.resolve("bin/javac"));

        assertThat(run("alerts").exitCode()).isZero();
    }

    @Test
    void buildsOnce() throws Exception {
        jdk("java-25", "25.0.3");

        assertThat(run("alerts").err())
                .contains("The first build takes a few minutes")
                .contains("cli 0.1.0-SNAPSHOT [1/1]");
        assertThat(run("alerts").err()).isEmpty();
        assertThat(builds()).containsExactly("mvnw -B -Pquick -Dmaven.test.skip=true -pl cli -am package");
    }

    @Test
    void buildsOnlyTheRoomsThatACommandNeeds() throws Exception {
        jdk("java-25", "25.0.3");
        run("alerts");
        run("serve");
        run("demo");

        assertThat(builds())
                .extracting(call -> call.replaceAll(".*-pl (\\S+) .*", "$1"))
                .containsExactly("cli", "workbench", "simulator");
    }

    @Test
    void buildsAgainAfterAChange() throws Exception {
        jdk("java-25", "25.0.3");
        run("demo");
        var later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(root.resolve("intake/src/main/Source.java"), later);

        run("demo");

        assertThat(builds()).hasSize(2).last().asString().contains("-pl cli,workbench ");
    }

    @Test
    void buildsTheSimulatorAgainAfterAChangeToWhatItAnswersQueriesWith() throws Exception {
        jdk("java-25", "25.0.3");
        run("demo");
        var later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(root.resolve("kql/src/main/Source.java"), later);

        run("demo");

        assertThat(builds()).hasSize(2).last().asString().contains("-pl simulator ");
    }

    @Test
    void buildsAgainAfterAFailure() throws Exception {
        jdk("java-25", "25.0.3");
        run("alerts");
        Files.setLastModifiedTime(
                root.resolve("cli/src/main/Source.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        Files.writeString(root.resolve("mvnw.broken"), "");

        var outcome = run("alerts");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
        assertThat(outcome.err()).contains("[ERROR] This does not compile").contains("target/build.log");
        run("alerts");
        assertThat(builds()).hasSize(3);
    }

    @Test
    void passesArgumentsOnAsTheyAre() throws Exception {
        jdk("java-25", "25.0.3");

        assertThat(run("device", "show", "a  b", "", "$HOME*").out()).contains("<device><show><a  b><><$HOME*>");
    }

    @Test
    void worksThroughALink() throws Exception {
        jdk("java-25", "25.0.3");
        var link = Files.createSymbolicLink(
                elsewhere.resolve("gatehouse"), Path.of("..", "a place with spaces", "gatehouse"));

        assertThat(runFile(link, "alerts").out()).contains("-Dgatehouse.home=" + root.toRealPath());
    }

    @Test
    void servesWithTheWorkbenchOnTheClassPath() throws Exception {
        jdk("java-25", "25.0.3");

        assertThat(run("serve", "--port", "9000").out())
                .contains(root.toRealPath() + "/workbench/target/gatehouse-workbench-0.1.jar:")
                .contains("<serve><--port><9000>");
    }

    @Test
    void preparesAFastStartOnceForABuild() throws Exception {
        var jdk = jdk("java-25", "25.0.3");
        script(jdk.resolve("bin/java"), """
                for argument; do
                    case $argument in -XX:AOTCacheOutput=*) echo "trained" >"${argument#*=}" ;; esac
                done
                for argument; do printf '<%s>' "$argument"; done
                """);

        var first = run("serve");
        var second = run("serve");
        Files.setLastModifiedTime(
                root.resolve("workbench/src/main/Source.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        var rebuilt = run("serve");

        var used = "<-XX:AOTCache=%s>".formatted(root.toRealPath().resolve("workbench/target/serve.aot"));
        // Java tells people of its cache what they can do nothing about.
        assertThat(List.of(first.out(), second.out(), rebuilt.out()))
                .allMatch(out -> out.contains(used) && out.contains("<-Xlog:aot*=off>"));
        assertThat(List.of(first.err(), rebuilt.err())).allMatch(err -> err.contains("Preparing a fast start"));
        assertThat(second.err()).isEmpty();
        assertThat(Files.readString(root.resolve("workbench/target/training.log")))
                .contains("<serve><--data-directory=")
                .contains("<--gatehouse.server.port=0>");
    }

    @Test
    void servesAllTheSameWhereNoFastStartCanBePrepared() throws Exception {
        jdk("java-25", "25.0.3");

        var first = run("serve");
        var second = run("serve");

        assertThat(List.of(first.out(), second.out()))
                .allMatch(out -> out.contains("<serve>") && !out.contains("-XX:AOT"));
        assertThat(first.exitCode()).isZero();
        assertThat(second.err()).doesNotContain("Preparing");
    }

    /** A process that goes on after an OutOfMemoryError is alive and of no use: some of its threads are gone. */
    @Test
    void servesInAProcessThatEndsWhenItRunsOutOfMemory() throws Exception {
        jdk("java-25", "25.0.3");
        var program = Files.writeString(elsewhere.resolve("Greedy.java"), """
                void main() throws Exception {
                    Thread.ofVirtual().start(() -> {
                        var all = new java.util.ArrayList<byte[]>();
                        while (true) {
                            all.add(new byte[1024 * 1024]);
                        }
                    });
                    new java.util.concurrent.CountDownLatch(1).await();
                }
                """);

        var served = run("serve").out();
        assertThat(served).contains("<-XX:+ExitOnOutOfMemoryError>");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        program.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isEqualTo(3);
    }

    /** Whatever ends the process but a settings problem, systemd starts it again, and how often does not matter. */
    @Test
    void isStartedAgainBySystemd() throws Exception {
        var unit = Files.readAllLines(Path.of("..", "docs", "gatehouse.service"));

        assertThat(unit)
                .contains("Restart=always", "StartLimitIntervalSec=0", "RestartPreventExitStatus=2 8")
                .anyMatch(line -> line.matches("ExecStart=\\S+/gatehouse serve .*"));
    }

    @Test
    void testsWithMavenAndPassesTheArgumentsOn() throws Exception {
        var jdk = jdk("java-25", "25.0.3");

        assertThat(run("test", "-Dtest=Some Test").out())
                .contains("verified with " + jdk + ": -B -ntp -T 2 verify -Dtest=Some Test");
    }

    @Test
    void installsTheBrowserForTheTestsAsRoot() throws Exception {
        jdk("java-25", "25.0.3");
        Files.delete(tools.resolve("chromium"));
        script(tools.resolve("id"), "echo 0");
        script(tools.resolve("apt-get"), "echo \"apt-get $*\"");

        var outcome = run("test");

        assertThat(outcome.err()).contains("apt-get install --yes --no-install-recommends chromium");
        assertThat(outcome.out()).contains("verified");
    }

    @Test
    void saysHowToInstallTheBrowserToThoseWhoAreNotRoot() throws Exception {
        jdk("java-25", "25.0.3");
        Files.delete(tools.resolve("chromium"));

        var outcome = run("test");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
        assertThat(outcome.err()).contains("The browser tests need Chromium").contains("apt-get install");
    }

    @Test
    void isCleanShell() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/shellcheck")))
                .as("shellcheck is not installed")
                .isTrue();

        var check = new ProcessBuilder(
                        "/usr/bin/shellcheck",
                        LAUNCHER.toString(),
                        LAUNCHER.resolveSibling(".ci/run").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    private record Outcome(int exitCode, String out, String err) {}

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        return runFile(root.resolve("gatehouse"), arguments);
    }

    private Outcome runFile(Path file, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/bin/sh", file.toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(elsewhere, "out", "");
        var err = Files.createTempFile(elsewhere, "err", "");
        var builder = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("GATEHOUSE_JDK_PLACES", elsewhere.resolve("none") + ":" + jdks);
        javaHome.ifPresent(path -> builder.environment().put("JAVA_HOME", path.toString()));
        var exitCode = builder.start().waitFor();
        return new Outcome(exitCode, Files.readString(out), Files.readString(err));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("mvnw.calls"));
    }

    /** A JDK whose programs exist; its java prints how it was called. */
    private Path jdk(String name, String version) throws IOException {
        var jdk = jdks.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        script(jdk.resolve("bin/java"), """
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit 0; fi
                printf '%%s ' "$0"
                for argument; do printf '<%%s>' "$argument"; done
                """.formatted(version));
        script(jdk.resolve("bin/javac"), "");
        return jdk;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path where(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + tool));
    }
}
