package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** List the processes that share the devices of one database. */
@Command(
        name = "processes",
        description = "List the processes that share the devices of one database.",
        mixinStandardHelpOptions = true)
final class ProcessList implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final ListOptions list = new ListOptions();

    ProcessList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var limit = list.limit();
        try (var client = server.connect(surroundings)) {
            return list.print(
                    surroundings,
                    client.list("processes", Map.of(), limit),
                    "No process is working on this database.",
                    () -> new Table(
                            Column.text("NAME"),
                            Column.text("HOST"),
                            Column.whole("VERSION"),
                            Column.whole("STATE"),
                            Column.whole("DEVICES"),
                            Column.whole("STARTED (UTC)"),
                            Column.whole("LAST SEEN (UTC)")),
                    ProcessList::add);
        }
    }

    private static void add(Table table, JsonNode process) {
        var attributes = process.path("attributes");
        table.add(
                Devices.text(attributes, "name"),
                Devices.text(attributes, "host"),
                Devices.text(attributes, "version"),
                attributes.path("alive").asBoolean() ? "alive" : "lost",
                Integer.toString(attributes.path("devices").asInt(0)),
                Devices.time(attributes, "started_at"),
                Devices.time(attributes, "seen_at"));
    }
}
