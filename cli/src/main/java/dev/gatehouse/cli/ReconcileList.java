package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** List hours and what Graph has of each against what is here, the newest first. */
@Command(
        name = "list",
        description = "List hours and what Graph has of each against what is here, the newest first.",
        mixinStandardHelpOptions = true)
final class ReconcileList implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that compare so: waiting, equal, healing, healed, differs, failed.")
    private @Nullable String state;

    @Mixin
    private final WindowFilters filters = new WindowFilters();

    @Mixin
    private final ListOptions list = new ListOptions();

    ReconcileList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var limit = list.limit();
        try (var client = server.connect(surroundings)) {
            return list.print(
                    surroundings,
                    client.list("reconciliations", query(new Devices(client)), limit),
                    "No such hour was compared. 'gatehouse reconcile start' asks for it.",
                    () -> new Table(
                            Column.whole("HOUR (UTC)"),
                            Column.whole("FEED"),
                            Column.whole("STATE"),
                            Column.whole("FETCHED"),
                            Column.text("RESULT")),
                    ReconcileList::add);
        }
    }

    private static void add(Table table, JsonNode hour) {
        var attributes = hour.path("attributes");
        table.add(
                Devices.time(attributes, "from"),
                Devices.text(attributes, "feed"),
                Devices.text(attributes, "state"),
                Long.toString(attributes.path("healed").asLong(0)),
                Devices.text(attributes, "sentence"));
    }

    private Map<String, String> query(Devices devices) {
        var query = filters.query(devices);
        if (state != null) {
            query.put("filter[state]", state);
        }
        return query;
    }
}
