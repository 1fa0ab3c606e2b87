package dev.gatehouse.cli.records;

import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.list.ListCommand;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.list.RecordFilters;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** List the records that could not be understood, the last first. */
@Command(
        name = "list",
        description = "List the records that could not be understood, the last first.",
        mixinStandardHelpOptions = true)
final class UnreadableList extends ListCommand {

    private static final Listing LISTING = new Listing(
            UnreadableCommands.TYPE,
            "Everything that came could be understood.",
            Column.time("CAME (UTC)", "received_at"),
            Column.text("DEVICE", "device_name"),
            Column.whole("FEED", "feed"),
            Column.text("CAUSE", "cause"),
            Column.count("TRIES", "attempts"),
            Column.text("REQUEST-ID", "request_id"),
            Column.text("TEXT", UnreadableList::beginning),
            Column.id());

    @Mixin
    private final RecordFilters filters = new RecordFilters();

    UnreadableList(CommandContext context) {
        super(context, LISTING);
    }

    @Override
    protected Map<String, String> query(Devices devices) {
        return filters.query(devices);
    }

    private static String beginning(JsonNode record) {
        var beginning = Resource.attribute(record, "beginning");
        return beginning.substring(0, Math.min(beginning.length(), 80));
    }
}
