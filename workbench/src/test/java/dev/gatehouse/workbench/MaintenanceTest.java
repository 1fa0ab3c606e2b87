package dev.gatehouse.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** The program that the command line starts while no Workbench runs, on a database of its own. */
class MaintenanceTest {

    @Test
    void letsTheOwnerOfTheDataDirectoryWorkOnAccountsAndNothingElse() throws Exception {
        var folder = Files.createTempDirectory("gatehouse-maintenance");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        var process = start(folder);
        try {
            var door = folder.resolve("maintenance");
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(door) || !process.isAlive());
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("log")))
                    .isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(door)))
                    .isEqualTo("rw-------");
            var lines = Files.readAllLines(door);

            var token = lines.getLast();
            assertThat(ask(lines, token, "GET", "user_accounts", "").body()).contains("admin@gatehouse.local");
            assertThat(ask(lines, token, "POST", "user_accounts", """
                            {"data": {"attributes": {"email": "ada@example.com", "role": "soc_admin"}}}
                            """).body()).contains("\"password\"");
            assertThat(ask(lines, token, "GET", "security_devices", "").statusCode())
                    .isEqualTo(404);
            assertThat(ask(lines, "gatehouse_guessed", "GET", "user_accounts", "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(Files.readString(folder.resolve("log")))
                    .contains("account added of=\"ada@example.com\" by=\"token command line on this machine\"")
                    .doesNotContain(token);

            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(door).doesNotExist();
        } finally {
            process.destroyForcibly().waitFor();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static Process start(Path folder) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maintenance.class.getName(),
                        "--data-directory",
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static HttpResponse<String> ask(
            List<String> door, String token, String method, String resource, String body)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(door.getFirst() + "/api/v2/" + resource))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/vnd.api+json")
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
