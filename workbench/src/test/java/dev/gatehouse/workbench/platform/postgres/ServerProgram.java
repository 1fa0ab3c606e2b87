package dev.gatehouse.workbench.platform.postgres;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import java.nio.file.Path;

/** A program that runs a database server until somebody kills it. */
final class ServerProgram {

    private ServerProgram() {}

    /** Says on which address it runs, and then waits. */
    public static void main(String[] arguments) throws InterruptedException {
        var directory = DataDirectory.open(Path.of(arguments[0]));
        var postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
        System.out.println(postgres.url("postgres"));
        Thread.sleep(Long.MAX_VALUE);
    }
}
