package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.list.TimeText;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Read a range of a feed again. What is there already stays as it is. */
@Command(
        name = "start",
        description = "Read a range of a feed again. What is there already stays as it is.",
        mixinStandardHelpOptions = true)
final class ReplayStart implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(
            names = "--feed",
            required = true,
            paramLabel = "FEED",
            description = "One of alerts, incidents, logon-events, query-events, directory-events.")
    private String feed = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "From when on: 24h, 7d, a date, or a time such as 2026-11-23T12:00:00Z.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "Until when, in the same forms. Otherwise now.")
    private @Nullable String to;

    @Option(names = "--json", description = "Print the replay as JSON.")
    private boolean json;

    ReplayStart(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var start = TimeText.parse("--from", from);
        var end = Optional.ofNullable(to).map(text -> TimeText.parse("--to", text));
        try (var client = server.connect(context)) {
            var found = new Devices(client).find(device);
            var replay = new Replays(client).start(Resource.id(found), feed, start, end);
            context.out()
                    .println(
                            json
                                    ? Resource.flat(replay).toPrettyString()
                                    : "Queued with the id %s. 'gatehouse replay show %s' tells how far it is."
                                            .formatted(Resource.id(replay), Resource.id(replay)));
            return ExitCode.OK.number();
        }
    }
}
