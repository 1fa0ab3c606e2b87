package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.list.ListCommand;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.list.RecordFilters;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** List the windows that could not be read, those that are owed first. */
@Command(
        name = "list",
        description = "List the windows that could not be read, those that are owed first.",
        mixinStandardHelpOptions = true)
final class QuarantineList extends ListCommand {

    private static final Listing LISTING = new Listing(
            QuarantineCommands.TYPE,
            "Nothing is in quarantine.",
            Column.text("DEVICE", "device_name"),
            Column.whole("FEED", "feed"),
            Column.time("FROM (UTC)", "from"),
            Column.time("TO (UTC)", "to"),
            Column.whole("STATE", "state"),
            Column.count("ATTEMPTS", "attempts"),
            Column.time("NEXT TRY (UTC)", "next_try_at"),
            Column.text("CAUSE", "cause"),
            Column.text("REQUEST-ID", "request_id"),
            Column.id());

    @Mixin
    private final RecordFilters filters = new RecordFilters();

    @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state: owed, read.")
    private @Nullable String state;

    QuarantineList(CommandContext context) {
        super(context, LISTING);
    }

    @Override
    protected Map<String, String> query(Devices devices) {
        var query = filters.query(devices);
        if (state != null) {
            query.put("filter[state]", state);
        }
        return query;
    }
}
