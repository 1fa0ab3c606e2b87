package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** List the windows that could not be read, those that are owed first. */
@Command(
        name = "list",
        description = "List the windows that could not be read, those that are owed first.",
        mixinStandardHelpOptions = true)
final class QuarantineList implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final RecordFilters filters = new RecordFilters();

    @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state: owed, read.")
    private @Nullable String state;

    @Mixin
    private final ListOptions list = new ListOptions();

    QuarantineList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var limit = list.limit();
        try (var client = server.connect(surroundings)) {
            var query = filters.query(new Devices(client));
            if (state != null) {
                query.put("filter[state]", state);
            }
            return list.print(
                    surroundings,
                    client.list(Quarantine.TYPE, query, limit),
                    "Nothing is in quarantine.",
                    () -> new Table(
                            Column.text("DEVICE"),
                            Column.whole("FEED"),
                            Column.whole("FROM (UTC)"),
                            Column.whole("TO (UTC)"),
                            Column.whole("STATE"),
                            Column.whole("ATTEMPTS"),
                            Column.whole("NEXT TRY (UTC)"),
                            Column.text("CAUSE"),
                            Column.text("REQUEST-ID"),
                            Column.whole("ID")),
                    QuarantineList::add);
        }
    }

    private static void add(Table table, JsonNode window) {
        var attributes = window.path("attributes");
        table.add(
                Devices.text(attributes, "device_name"),
                Devices.text(attributes, "feed"),
                Devices.time(attributes, "from"),
                Devices.time(attributes, "to"),
                Devices.text(attributes, "state"),
                Long.toString(attributes.path("attempts").asLong(0)),
                Devices.time(attributes, "next_try_at"),
                Devices.text(attributes, "cause"),
                Devices.text(attributes, "request_id"),
                Devices.id(window));
    }
}
