package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.list.ListCommand;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** List replays and the history of new devices, the latest first. */
@Command(
        name = "list",
        description = "List replays and the history of new devices, the latest first.",
        mixinStandardHelpOptions = true)
final class ReplayList extends ListCommand {

    private static final Listing LISTING = new Listing(
            Replays.TYPE,
            "There are no replays. 'gatehouse replay start' asks for one.",
            Column.text("DEVICE", "device_name"),
            Column.whole("FEED", "feed"),
            Column.time("FROM (UTC)", "from"),
            Column.time("TO (UTC)", "to"),
            Column.whole("STATE", "state"),
            Column.whole("READ", ReplayList::percent),
            Column.count("NEW", "new_records"),
            Column.text("TROUBLE", "cause"),
            Column.id());

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only of this device: name, id or Directory ID.")
    private @Nullable String device;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: queued, running, done, failed, cancelled.")
    private @Nullable String state;

    ReplayList(CommandContext context) {
        super(context, LISTING);
    }

    @Override
    protected Map<String, String> query(Devices devices) {
        var query = new LinkedHashMap<String, String>();
        if (device != null) {
            query.put("filter[security_device][id]", Resource.id(devices.find(device)));
        }
        if (state != null) {
            query.put("filter[state]", state);
        }
        return query;
    }

    private static String percent(JsonNode replay) {
        return replay.path("attributes").path("percent").asInt(0) + " %";
    }
}
