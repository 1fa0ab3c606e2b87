package dev.gatehouse.cli.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Where a running demo can be found. It stands in {@code demo.json} in the demo's data directory, so that other
 * commands find it whatever port it took.
 *
 * @param url of its Workbench
 * @param process the id of the process to stop
 */
public record DemoState(URI url, long process) {

    private static final String FILE = "demo.json";

    /** The demo that runs on this data directory now; empty when the one that wrote the file is gone. */
    public static Optional<DemoState> of(DataDirectory directory) {
        return DataDirectory.textOf(directory.path().resolve(FILE))
                .flatMap(DemoState::read)
                .filter(DemoState::isRunning);
    }

    public void write(DataDirectory directory) throws IOException {
        var json = WorkbenchClient.JSON.createObjectNode();
        json.put("url", url.toString());
        json.put("process", process);
        var fresh = directory.path().resolve(FILE + ".new");
        Files.writeString(fresh, json.toString());
        Files.move(fresh, file(directory), StandardCopyOption.ATOMIC_MOVE);
    }

    public static void remove(DataDirectory directory) throws IOException {
        Files.deleteIfExists(file(directory));
    }

    private static Path file(DataDirectory directory) {
        return directory.path().resolve(FILE);
    }

    private static Optional<DemoState> read(String text) {
        try {
            var json = WorkbenchClient.JSON.readTree(text);
            return Optional.of(new DemoState(
                    URI.create(json.path("url").asString("")),
                    json.path("process").asLong(-1)));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isRunning() {
        return ProcessHandle.of(process).isPresent();
    }
}
