package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Workbench that runs for one command: it leaves its address and its token in the data directory while it runs. */
public final class FakeMaintenanceProgram {

    private FakeMaintenanceProgram() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(arguments[0].substring("--gatehouse.data-directory=".length()));
        var workbench = new FakeWorkbench();
        var door = directory.resolve("maintenance");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.writeString(directory.resolve("asked"), String.join("\n", workbench.requests()));
                Files.deleteIfExists(door);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
        var draft = Files.writeString(
                directory.resolve("maintenance.new"), workbench.url() + "\n" + FakeWorkbench.TOKEN + "\n");
        Files.move(draft, door);
    }
}
