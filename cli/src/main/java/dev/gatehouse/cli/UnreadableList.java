package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** List the records that could not be understood, the last first. */
@Command(
        name = "list",
        description = "List the records that could not be understood, the last first.",
        mixinStandardHelpOptions = true)
final class UnreadableList implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final RecordFilters filters = new RecordFilters();

    @Mixin
    private final ListOptions list = new ListOptions();

    UnreadableList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var limit = list.limit();
        try (var client = server.connect(surroundings)) {
            return list.print(
                    surroundings,
                    client.list(Unreadable.TYPE, filters.query(new Devices(client)), limit),
                    "Everything that came could be understood.",
                    () -> new Table(
                            Column.whole("CAME (UTC)"),
                            Column.text("DEVICE"),
                            Column.whole("FEED"),
                            Column.text("CAUSE"),
                            Column.whole("TRIES"),
                            Column.text("REQUEST-ID"),
                            Column.text("TEXT"),
                            Column.whole("ID")),
                    UnreadableList::add);
        }
    }

    private static void add(Table table, JsonNode record) {
        var attributes = record.path("attributes");
        var beginning = Devices.text(attributes, "beginning");
        table.add(
                Devices.time(attributes, "received_at"),
                Devices.text(attributes, "device_name"),
                Devices.text(attributes, "feed"),
                Devices.text(attributes, "cause"),
                Long.toString(attributes.path("attempts").asLong(0)),
                Devices.text(attributes, "request_id"),
                beginning.substring(0, Math.min(beginning.length(), 80)),
                Devices.id(record));
    }
}
