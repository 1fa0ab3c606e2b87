package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.DemoState;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.program.FailingProgram;
import dev.gatehouse.cli.program.Programs;
import dev.gatehouse.cli.program.Programs.Program;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoTest {

    private static final Class<?> SIMULATOR = FakeSimulatorProgram.class;
    private static final Class<?> WORKBENCH = FakeWorkbenchProgram.class;

    private final Path home;
    private final String port;

    DemoTest(@TempDir Path home) throws IOException {
        this.home = home;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = Integer.toString(socket.getLocalPort());
        }
    }

    @Test
    void connectsTheSimulatedTenantsAndSaysWhereToGo() throws Exception {
        var demo = running();

        assertThat(demo.out()).contains("    http://127.0.0.1:" + port);
        assertThat(demo.err()).contains("5 devices are connected.").contains("The first 1 vendor alerts are on");
        assertThat(demo.interrupted()).isZero();
    }

    @Test
    void makesOrganizationsOfWhichOneHasTwoKindsOfDevices() throws Exception {
        var demo = running();

        assertThat(new Stage(home).run("organization", "list").out())
                .contains("CONTOSO", "FABRIKAM", "NORTHWIND")
                .doesNotContain("My Organization");
        var devices = WorkbenchClient.JSON.readTree(
                new Stage(home).run("device", "list", "--json").out());
        assertThat(devices.valueStream().map(device -> device.path("name").asString()))
                .containsExactlyInAnyOrder(
                        "Contoso", "Adventure Works", "Fabrikam", "Fabrikam XDR", "Northwind Traders");
        assertThat(devices.valueStream()
                        .filter(device -> device.path("name").asString().startsWith("Fabrikam"))
                        .map(device -> device.path("directory_id").asString() + " "
                                + device.path("plugin_slug").asString()))
                .containsExactlyInAnyOrder(
                        "00000000-0000-4000-8000-000000000002 microsoft_defender_for_identity",
                        "00000000-0000-4000-8000-000000000002 microsoft_defender_xdr");
        demo.interrupted();
    }

    @Test
    void saysHowSomebodyOfEachRoleSignsInAndKeepsItFromOthers() throws Exception {
        var demo = running();

        assertThat(demo.out())
                .containsPattern("SOC Admin +all organizations +admin@gatehouse.local +s3same")
                .containsPattern("SOC Analyst +all organizations +soc.analyst@gatehouse.local +made-password")
                .containsPattern("Auditor +all organizations +auditor@gatehouse.local +made-password")
                .containsPattern("Organization Admin +CONTOSO +admin@contoso.example +made-password")
                .containsPattern("Organization Analyst +CONTOSO +analyst@contoso.example +made-password");
        demo.interrupted();
        var file = new Stage(home).dataDirectory().demo().path().resolve("people.json");
        assertThat(Files.readString(file)).contains("made-password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(log()).doesNotContain("made-password");
        var again = running();
        assertThat(again.out()).contains("made-password");
        again.interrupted();
    }

    @Test
    void saysWhatCanBeTypedIntoTheForms() throws Exception {
        var demo = running();

        assertThat(demo.out())
                .contains("00000000-0000-4000-8000-000000000005", "00000000-0000-4000-9000-000000000005", "value-5")
                .contains("00000000-0000-4000-8000-000000000009", "admin@woodgrovebank.onmicrosoft.com")
                .doesNotContain("value-1");
        demo.interrupted();
        assertThat(log()).contains("--gatehouse.usual-cloud=simulator");
    }

    @Test
    void endsItsChildrenWhenItEnds() throws Exception {
        running().interrupted();

        assertThat(ProcessHandle.current().descendants())
                .filteredOn(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(home.toString()))
                        .isPresent())
                .isEmpty();
    }

    @Test
    void goesOnWithTheDevicesOfTheLastTime() throws Exception {
        running().interrupted();
        var again = running();

        assertThat(again.err()).contains("The devices are there from the last time.");
        again.interrupted();
    }

    @Test
    void canBeFoundByOtherCommandsWhileItRuns() throws Exception {
        var demo = running();

        assertThat(new Stage(home).run("device", "list").out()).contains("Contoso", "Fabrikam");
        demo.interrupted();
        assertThat(DemoState.of(new Stage(home).dataDirectory().demo())).isEmpty();
    }

    @Test
    void letsTheFlagsOfTheUserCount() throws Exception {
        running("--gatehouse.poll.interval=1s", "--gatehouse.poll.first-look-back=1d")
                .interrupted();

        assertThat(log())
                .contains("--gatehouse.clouds.simulator.authority=http://localhost:1")
                .contains("--gatehouse.poll.interval=1s")
                .contains("--gatehouse.poll.first-look-back=1d")
                .doesNotContain("--gatehouse.poll.interval=5s");
    }

    @Test
    void refusesASecondDemoOnTheSameData() throws Exception {
        var demo = running();

        var second = started(SIMULATOR, WORKBENCH);

        assertThat(second.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
        assertThat(second.err()).contains("A demo runs on").contains("http://127.0.0.1:" + port);
        demo.interrupted();
    }

    @Test
    void repeatsTheLastWordsOfAChildThatDoesNotStart() throws Exception {
        var demo = started(SIMULATOR, FailingProgram.class);

        assertThat(demo.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
        assertThat(demo.err())
                .contains("The Workbench ended by itself with exit code 3")
                .contains("The disk is full.");
    }

    @Test
    void saysSoWhenThePortItWasGivenIsTaken() throws Exception {
        try (var taken = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress())) {
            var demo = started(SIMULATOR, WORKBENCH);

            assertThat(demo.exitCode()).isEqualTo(ExitCode.NOT_STARTED.number());
            assertThat(demo.err()).contains("Port %d is in use.".formatted(taken.getLocalPort()));
        }
    }

    private String log() throws IOException {
        return Files.readString(new Stage(home).dataDirectory().demo().path().resolve("logs/workbench.log"));
    }

    private RunningDemo running(String... flags) throws Exception {
        var demo = started(SIMULATOR, WORKBENCH, flags);
        demo.awaitAlerts();
        return demo;
    }

    private RunningDemo started(Class<?> simulator, Class<?> workbench, String... flags) {
        return new RunningDemo(new Stage(home), new FakePrograms(simulator, workbench), port, flags);
    }

    private record FakePrograms(Class<?> simulatorClass, Class<?> workbenchClass) implements Programs {
        @Override
        public Program simulator() {
            return program(simulatorClass);
        }

        @Override
        public Program workbench() {
            return program(workbenchClass);
        }

        private static Program program(Class<?> type) {
            return new Program(
                    List.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1)), type.getName());
        }
    }

    /** A demo in a thread of its own, until it is interrupted. */
    private static final class RunningDemo {
        private final StringWriter out = new StringWriter();
        private final CompletableFuture<Integer> end = new CompletableFuture<>();
        private final CompletableFuture<Void> alerts = new CompletableFuture<>();
        private final StringWriter err = new StringWriter() {
            @Override
            public void write(String text, int offset, int length) {
                super.write(text, offset, length);
                if (text.contains("alerts are on")) {
                    alerts.complete(null);
                }
            }
        };
        private final Thread thread;

        RunningDemo(Stage stage, Programs programs, String port, String... flags) {
            var arguments = new String[2 + flags.length];
            arguments[0] = "demo";
            arguments[1] = "--port=" + port;
            System.arraycopy(flags, 0, arguments, 2, flags.length);
            thread = Thread.ofPlatform()
                    .start(() -> end.complete(Gatehouse.run(stage.context(out, err, programs), arguments)));
        }

        void awaitAlerts() throws ExecutionException, InterruptedException, TimeoutException {
            CompletableFuture.anyOf(alerts, end).get(60, TimeUnit.SECONDS);
            assertThat(alerts).as(err.toString()).isCompleted();
        }

        int interrupted() throws ExecutionException, InterruptedException {
            thread.interrupt();
            return exitCode();
        }

        int exitCode() throws ExecutionException, InterruptedException {
            assertThat(end).succeedsWithin(Duration.ofSeconds(60));
            return end.get();
        }

        String out() {
            return out.toString();
        }

        String err() {
            return err.toString();
        }
    }
}
