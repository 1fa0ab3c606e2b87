package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Show how far a replay is, what it brought and what is wrong. */
@Command(
        name = "show",
        description = "Show how far a replay is, what it brought and what is wrong.",
        mixinStandardHelpOptions = true)
final class ReplayShow implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the replay.")
    private String id = "";

    @Option(names = "--json", description = "Print the replay as JSON.")
    private boolean json;

    ReplayShow(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var replay = new Replays(client).find(id);
            if (json) {
                context.out().println(Resource.flat(replay).toPrettyString());
            } else {
                print(replay.path("attributes"));
            }
            return ExitCode.OK.number();
        }
    }

    private void print(JsonNode replay) {
        line("DeviceCommands", Resource.text(replay, "device_name"));
        line("Feed", Resource.text(replay, "feed"));
        line("Range", "%s to %s UTC".formatted(Resource.time(replay, "from"), Resource.time(replay, "to")));
        line(
                "State",
                "%s, %d %%"
                        .formatted(
                                Resource.text(replay, "state"),
                                replay.path("percent").asInt(0)));
        line("Probably done", Resource.time(replay, "estimated_end_at"));
        line(
                "Brought",
                "%d new, %d changed, %d the same, %d unreadable, in %d pages"
                        .formatted(
                                replay.path("new_records").asLong(0),
                                replay.path("new_versions").asLong(0),
                                replay.path("same").asLong(0),
                                replay.path("unreadable").asLong(0),
                                replay.path("pages").asLong(0)));
        line(
                "Asked for",
                "%s by %s".formatted(Resource.time(replay, "requested_at"), Resource.text(replay, "requested_by")));
        if (!Resource.text(replay, "cause").isEmpty()) {
            line("Trouble", Resource.text(replay, "cause"));
            line("What to do", Resource.text(replay, "cure"));
            line("Next try", Resource.time(replay, "next_try_at"));
        }
    }

    private void line(String title, String text) {
        context.out().println(Table.harmless("%-14s %s".formatted(title, text)));
    }
}
