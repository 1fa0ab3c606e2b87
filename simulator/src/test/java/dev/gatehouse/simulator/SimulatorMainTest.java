package dev.gatehouse.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.http.Json;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as its users do, in a process of its own. */
class SimulatorMainTest {

    @TempDir
    private Path directory;

    @Test
    void describesItselfWhenItIsReadyAndEndsWithItsInput() throws Exception {
        var process = start(
                "--directory",
                directory.toString(),
                "--seed",
                "7",
                "--tenants",
                "2",
                "--empty-tenants",
                "1",
                "--entra-port",
                "0",
                "--graph-port",
                "0",
                "--plain-entra-port",
                "0",
                "--plain-graph-port",
                "0");
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).startsWith("The simulator is ready: 3 tenants, sign-in https://localhost:");

            var description = Json.parse(Files.readString(directory.resolve("simulator.json")));
            assertThat(description.path("tenants")).hasSize(2);
            assertThat(description.path("tenants").path(0).path("clientSecret").asString())
                    .hasSize(40);
            assertThat(description.at("/emptyTenants/0/domain").asString()).endsWith(".onmicrosoft.com");
            assertThat(description.path("emptyTenants").path(0).has("clientSecret"))
                    .isFalse();
            for (var address : List.of("authority", "graph", "plainAuthority", "plainGraph")) {
                assertThat(description.path(address).asString()).matches("https?://localhost:\\d+");
            }
            assertThat(Files.readString(
                            Path.of(description.path("caCertificate").asString())))
                    .startsWith("-----BEGIN CERTIFICATE-----");

            process.getOutputStream().close();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void explainsItselfWhenItDoesNotUnderstand() throws Exception {
        assertThat(complaint()).contains("The option --directory is required", "--plain-graph-port N");
        assertThat(complaint("--nonsense", "1")).contains("There is no option --nonsense");
        assertThat(complaint("--directory")).contains("The option --directory needs a value");
        assertThat(complaint("--directory", directory.toString(), "--seed", "x"))
                .contains("The option --seed takes a number, but was x");
        assertThat(complaint("--directory", directory.toString(), "--pace", "slow"))
                .contains("The pace is demo or real, but was slow");
    }

    private static String complaint(String... arguments) throws Exception {
        var process = start(arguments);
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            var text = String.join("\n", errors.lines().toList());
            assertThat(process.waitFor()).isEqualTo(2);
            return text;
        }
    }

    private static Process start(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
