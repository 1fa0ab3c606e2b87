package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the windows that Microsoft was asked for, the last first. */
@Command(
        name = "ledger",
        description = "List the windows that Microsoft was asked for and what became of each, the last first.",
        mixinStandardHelpOptions = true)
final class LedgerList implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "Only read for this: poll, second_look, replay, retry, reconciliation.")
    private @Nullable String purpose;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only those that ended so: reading, complete, failed, interrupted.")
    private @Nullable String outcome;

    @Mixin
    private final WindowFilters filters = new WindowFilters();

    @Mixin
    private final ListOptions list = new ListOptions();

    LedgerList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var limit = list.limit();
        try (var client = server.connect(surroundings)) {
            return list.print(
                    surroundings,
                    client.list("poll_windows", query(new Devices(client)), limit),
                    "No such window was asked for.",
                    () -> new Table(
                            Column.whole("LAST ANSWER (UTC)"),
                            Column.text("DEVICE"),
                            Column.whole("FEED"),
                            Column.whole("PURPOSE"),
                            Column.whole("FROM (UTC)"),
                            Column.whole("TO (UTC)"),
                            Column.whole("OUTCOME"),
                            Column.whole("PAGES"),
                            Column.whole("NEW"),
                            Column.whole("CHANGED"),
                            Column.whole("SAME"),
                            Column.text("CAUSE")),
                    LedgerList::add);
        }
    }

    private static void add(Table table, JsonNode window) {
        var attributes = window.path("attributes");
        table.add(
                Devices.time(attributes, "ended_at"),
                Devices.text(attributes, "device_name"),
                Devices.text(attributes, "feed"),
                Devices.text(attributes, "purpose"),
                Devices.time(attributes, "from"),
                Devices.time(attributes, "to"),
                Devices.text(attributes, "outcome"),
                Long.toString(attributes.path("pages").asLong(0)),
                Long.toString(attributes.path("new_records").asLong(0)),
                Long.toString(attributes.path("new_versions").asLong(0)),
                Long.toString(attributes.path("same").asLong(0)),
                Devices.text(attributes, "cause"));
    }

    private Map<String, String> query(Devices devices) {
        var query = filters.query(devices);
        if (purpose != null) {
            query.put("filter[purpose]", purpose);
        }
        if (outcome != null) {
            query.put("filter[outcome]", outcome);
        }
        return query;
    }
}
