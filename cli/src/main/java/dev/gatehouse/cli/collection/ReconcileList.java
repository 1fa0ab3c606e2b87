package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.list.ListCommand;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.list.WindowFilters;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** List hours and what Graph has of each against what is here, the newest first. */
@Command(
        name = "list",
        description = "List hours and what Graph has of each against what is here, the newest first.",
        mixinStandardHelpOptions = true)
final class ReconcileList extends ListCommand {

    private static final Listing LISTING = new Listing(
            "reconciliations",
            "No such hour was compared. 'gatehouse reconcile start' asks for it.",
            Column.time("HOUR (UTC)", "from"),
            Column.whole("FEED", "feed"),
            Column.whole("STATE", "state"),
            Column.count("FETCHED", "healed"),
            Column.text("RESULT", "sentence"));

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that compare so: waiting, equal, healing, healed, differs, failed.")
    private @Nullable String state;

    @Mixin
    private final WindowFilters filters = new WindowFilters();

    ReconcileList(CommandContext context) {
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
