package dev.gatehouse.cli;

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

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the window, see 'gatehouse quarantine list'.")
    private String id = "";

    @Option(names = "--json", description = "Print the window as JSON.")
    private boolean json;

    QuarantineRetry(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (!id.matches("[0-9A-Za-z-]+")) {
            throw new Failure(ExitCode.NOT_FOUND, "There is no quarantined window with the id '%s'.".formatted(id));
        }
        try (var client = server.connect(surroundings)) {
            var window = client.post(Quarantine.PATH + "/" + id + "/retry", WorkbenchClient.JSON.createObjectNode())
                    .dataOrFail();
            surroundings
                    .out()
                    .println(
                            json
                                    ? Devices.flat(window).toPrettyString()
                                    : Devices.attribute(window, "state").equals("read")
                                            ? "The window has been read already."
                                            : "The window is tried again now; 'gatehouse quarantine list' shows what comes of it.");
            return ExitCode.OK.number();
        }
    }
}
