package dev.gatehouse.cli.people;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.terminal.CommandContext;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command gets to the accounts: by way of a running Workbench, or, when none runs, of its data directory. */
final class WorkbenchAccess {

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Work on the data directory of a Workbench that does not run: its database is started and stopped again.")
    private @Nullable Path directory;

    /**
     * Does something with the API.
     *
     * @throws Failure when there is no way in, or both were asked for
     */
    <T> T with(CommandContext context, Function<WorkbenchClient, T> work) {
        if (directory == null) {
            try (var client = server.connect(context)) {
                return work.apply(client);
            }
        }
        if (server.isUrlGiven()) {
            throw new Failure(ExitCode.BAD_INPUT, "Use either --url or --data-dir, not both.");
        }
        try (var offline = OfflineWorkbench.start(
                        context, new DataDirectory(directory.toAbsolutePath().normalize()));
                var client = offline.connect()) {
            return work.apply(client);
        }
    }
}
