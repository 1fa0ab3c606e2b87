package dev.gatehouse.cli;

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

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the replay.")
    private String id = "";

    @Option(names = "--json", description = "Print the replay as JSON.")
    private boolean json;

    ReplayShow(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(surroundings)) {
            var replay = new Replays(client).find(id);
            if (json) {
                surroundings.out().println(Devices.flat(replay).toPrettyString());
            } else {
                print(replay.path("attributes"));
            }
            return ExitCode.OK.number();
        }
    }

    private void print(JsonNode replay) {
        line("Device", Devices.text(replay, "device_name"));
        line("Feed", Devices.text(replay, "feed"));
        line("Range", "%s to %s UTC".formatted(Devices.time(replay, "from"), Devices.time(replay, "to")));
        line(
                "State",
                "%s, %d %%"
                        .formatted(
                                Devices.text(replay, "state"),
                                replay.path("percent").asInt(0)));
        line("Probably done", Devices.time(replay, "estimated_end_at"));
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
                "%s by %s".formatted(Devices.time(replay, "requested_at"), Devices.text(replay, "requested_by")));
        if (!Devices.text(replay, "cause").isEmpty()) {
            line("Trouble", Devices.text(replay, "cause"));
            line("What to do", Devices.text(replay, "cure"));
            line("Next try", Devices.time(replay, "next_try_at"));
        }
    }

    private void line(String title, String text) {
        surroundings.out().println(Table.harmless("%-14s %s".formatted(title, text)));
    }
}
