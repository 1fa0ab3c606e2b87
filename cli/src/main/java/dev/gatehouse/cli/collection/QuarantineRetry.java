package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Have a window that could not be read tried again at once. */
@Command(
        name = "retry",
        description = "Have a window that could not be read tried again at once.",
        mixinStandardHelpOptions = true)
final class QuarantineRetry implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the window, see 'gatehouse quarantine list'.")
    private String id = "";

    @Option(names = "--json", description = "Print the window as JSON.")
    private boolean json;

    QuarantineRetry(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!id.matches("[0-9A-Za-z-]+")) {
            throw new Failure(ExitCode.NOT_FOUND, "There is no quarantined window with the id '%s'.".formatted(id));
        }
        try (var client = server.connect(context)) {
            var window = client.post(
                            QuarantineCommands.PATH + "/" + id + "/retry", WorkbenchClient.JSON.createObjectNode())
                    .dataOrFail();
            context.out()
                    .println(
                            json
                                    ? Resource.flat(window).toPrettyString()
                                    : Resource.attribute(window, "state").equals("read")
                                            ? "The window has been read already."
                                            : "The window is tried again now; 'gatehouse quarantine list' shows what comes of it.");
            return ExitCode.OK.number();
        }
    }
}
