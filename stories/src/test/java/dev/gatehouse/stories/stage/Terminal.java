package dev.gatehouse.stories.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as a user runs it: a process of its own, which talks to a running {@link Product}. */
public final class Terminal {

    private final Product gatehouse;
    private final Path dataDirectory;

    /** A terminal on the machine of that product. */
    public Terminal(Product gatehouse, Path dataDirectory) {
        this.gatehouse = gatehouse;
        this.dataDirectory = dataDirectory;
    }

    /** Runs {@code gatehouse} with these arguments, and gives what it prints. It has to succeed. */
    public String run(String... arguments) {
        try {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "dev.gatehouse.cli.Gatehouse"));
            command.addAll(List.of(arguments));
            command.addAll(List.of(
                    "--url",
                    gatehouse.url().toString(),
                    "--token-file",
                    dataDirectory.resolve("api-token").toString()));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
