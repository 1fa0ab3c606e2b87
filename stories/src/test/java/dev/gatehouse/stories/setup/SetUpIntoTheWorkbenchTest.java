package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.stories.stage.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One command sets the tenant up and connects it to a running Workbench; the secret is seen by nobody. */
class SetUpIntoTheWorkbenchTest {

    @TempDir
    private Path directory;

    private record Ended(int exitCode, String printed) {}

    @Test
    void theSecretGoesFromMicrosoftIntoTheDevicesStoreAndIsRotatedThere() throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
                var gatehouse = Product.start(directory, simulator)) {
            var customer =
                    simulator.customerDirectory(simulator.tenants().getFirst().tenantId());
            customer.addUser("ada@contoso.example", "Ada", DirectoryRole.GLOBAL_ADMINISTRATOR);
            customer.signInsAreApprovedBy(Optional.of("ada@contoso.example"));

            var applied = tenant("apply", simulator, gatehouse, "--yes");

            assertThat(applied.exitCode()).as(applied.printed()).isZero();
            assertThat(applied.printed()).contains("The tenant is as the guide wants it.");
            var device = gatehouse.get("/api/v2/security_devices").at("/data/0/attributes");
            assertThat(device.path("name").asString()).endsWith("Microsoft Defender for Identity");
            assertThat(device.path("cloud").asString()).isEqualTo(Product.CLOUD);

            // The Workbench itself signs in with the secret from its store.
            var verified = tenant("verify", simulator, gatehouse);
            assertThat(verified.exitCode()).as(verified.printed()).isZero();

            var before = secrets(customer.applications().getLast());
            var rotated = tenant("rotate", simulator, gatehouse);
            assertThat(rotated.exitCode()).as(rotated.printed()).isZero();
            assertThat(secrets(customer.applications().getLast())).hasSize(1).doesNotContainAnyElementsOf(before);
            assertThat(tenant("verify", simulator, gatehouse).exitCode()).isZero();

            for (var application : customer.tenant().applications()) {
                for (var secret : application.secrets()) {
                    assertThat(applied.printed() + rotated.printed() + gatehouse.printed())
                            .doesNotContain(secret.value());
                }
            }
        }
    }

    private static List<String> secrets(JsonNode application) {
        return application
                .path("passwordCredentials")
                .valueStream()
                .map(secret -> secret.path("keyId").asString())
                .toList();
    }

    private Ended tenant(String command, Simulator simulator, Product gatehouse, String... more)
            throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.gatehouse.cli.Gatehouse",
                "tenant",
                command,
                "--directory-id=" + simulator.tenants().getFirst().tenantId(),
                "--organization=a123bc45-aa12-123b",
                "--cloud=" + Product.CLOUD,
                "--authority=" + simulator.authority(),
                "--graph=" + simulator.graph(),
                "--ca-certificate=" + directory.resolve("simulator-ca.pem"),
                "--url=" + gatehouse.url(),
                "--token-file=" + directory.resolve("api-token")));
        line.addAll(List.of(more));
        var output = directory.resolve(command + ".log");
        var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("GATEHOUSE_DATA_DIRECTORY", directory.toString());
        var exitCode = builder.start().waitFor();
        return new Ended(exitCode, Files.readString(output));
    }
}
