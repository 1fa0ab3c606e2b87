package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** List replays and the history of new devices, the latest first. */
@Command(
        name = "list",
        description = "List replays and the history of new devices, the latest first.",
        mixinStandardHelpOptions = true)
final class ReplayList implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only of this device: name, id or Directory ID.")
    private @Nullable String device;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: queued, running, done, failed, cancelled.")
    private @Nullable String state;

    @Mixin
    private final ListOptions list = new ListOptions();

    ReplayList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var limit = list.limit();
        try (var client = server.connect(surroundings)) {
            var ofDevice = Optional.ofNullable(device).map(name -> Devices.id(new Devices(client).find(name)));
            return list.print(
                    surroundings,
                    new Replays(client).list(ofDevice, Optional.ofNullable(state), limit),
                    "There are no replays. 'gatehouse replay start' asks for one.",
                    () -> new Table(
                            Column.text("DEVICE"),
                            Column.whole("FEED"),
                            Column.whole("FROM (UTC)"),
                            Column.whole("TO (UTC)"),
                            Column.whole("STATE"),
                            Column.whole("READ"),
                            Column.whole("NEW"),
                            Column.text("TROUBLE"),
                            Column.whole("ID")),
                    ReplayList::add);
        }
    }

    private static void add(Table table, JsonNode replay) {
        var attributes = replay.path("attributes");
        table.add(
                Devices.text(attributes, "device_name"),
                Devices.text(attributes, "feed"),
                Devices.time(attributes, "from"),
                Devices.time(attributes, "to"),
                Devices.text(attributes, "state"),
                attributes.path("percent").asInt(0) + " %",
                Long.toString(attributes.path("new_records").asLong(0)),
                Devices.text(attributes, "cause"),
                Devices.id(replay));
    }
}
