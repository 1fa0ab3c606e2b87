package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** End a replay. What it has brought stays. */
@Command(name = "cancel", description = "End a replay. What it has brought stays.", mixinStandardHelpOptions = true)
final class ReplayCancel implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the replay.")
    private String id = "";

    @Option(names = "--json", description = "Print the replay as JSON.")
    private boolean json;

    ReplayCancel(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var replay = new Replays(client).cancel(id);
            context.out()
                    .println(
                            json
                                    ? Resource.flat(replay).toPrettyString()
                                    : "The replay %s is %s."
                                            .formatted(Resource.id(replay), Resource.attribute(replay, "state")));
            return ExitCode.OK.number();
        }
    }
}
