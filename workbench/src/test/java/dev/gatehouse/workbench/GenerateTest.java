package dev.gatehouse.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** The program that makes up customers, on a database of its own. */
class GenerateTest {

    @Test
    void makesUpCustomersAndWillNotPutOthersAmongThem() throws Exception {
        var folder = Files.createTempDirectory("gatehouse-generate");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            assertThat(run(folder)).as(log(folder)).isZero();
            assertThat(log(folder))
                    .contains("3 organizations")
                    .contains("5 devices, switched off")
                    .contains("400 vendor alerts")
                    .containsPattern("[1-9][0-9]* alerts, [1-9][0-9]* of them closed by people")
                    .containsPattern("[1-9][0-9]* investigations");
            var people = folder.resolve("generated-people");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(people)))
                    .isEqualTo("rw-------");
            assertThat(log(folder)).doesNotContain(Files.readString(people).strip());

            assertThat(run(folder)).isEqualTo(2);
            assertThat(log(folder))
                    .contains("The database holds 4 organizations already.")
                    .contains("say --add");
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static int run(Path folder) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Generate.class.getName(),
                "--data-directory",
                folder.toString()));
        for (var option : List.of("vendor-alerts=400", "devices=5", "organizations=3", "days=20")) {
            command.add("--generate." + option);
        }
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String log(Path folder) throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
