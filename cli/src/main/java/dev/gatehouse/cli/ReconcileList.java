package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only of this device: name, id or Directory ID.")
    private @Nullable String device;

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            description = "Only of this feed: alerts, incidents, logon-events, query-events, directory-events.")
    private @Nullable String feed;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that compare so: waiting, equal, healing, healed, differs, failed.")
    private @Nullable String state;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only hours that end after this: 30m, 24h, 7d ago, a date, or a time.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only hours that begin before this.")
    private @Nullable String to;

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
        var query = new LinkedHashMap<String, String>();
        if (device != null) {
            query.put("filter[security_device][id]", Devices.id(devices.find(device)));
        }
        if (feed != null) {
            query.put("filter[feed]", feed);
        }
        if (state != null) {
            query.put("filter[state]", state);
        }
        if (from != null) {
            query.put(
                    "filter[from]",
                    Alerts.start("--from", from, InstantSource.system()).toString());
        }
        if (to != null) {
            query.put(
                    "filter[to]",
                    Alerts.start("--to", to, InstantSource.system()).toString());
        }
        return query;
    }
}
