package dev.gatehouse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** End a replay. What it has brought stays. */
@Command(name = "cancel", description = "End a replay. What it has brought stays.", mixinStandardHelpOptions = true)
final class ReplayCancel implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the replay.")
    private String id = "";

    @Option(names = "--json", description = "Print the replay as JSON.")
    private boolean json;

    ReplayCancel(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(surroundings)) {
            var replay = new Replays(client).cancel(id);
            surroundings
                    .out()
                    .println(
                            json
                                    ? Devices.flat(replay).toPrettyString()
                                    : "The replay %s is %s."
                                            .formatted(Devices.id(replay), Devices.attribute(replay, "state")));
            return ExitCode.OK.number();
        }
    }
}
