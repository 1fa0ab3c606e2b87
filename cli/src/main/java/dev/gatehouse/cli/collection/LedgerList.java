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

/** Lists the windows that Microsoft was asked for, the last first. */
@Command(
        name = "ledger",
        description = "List the windows that Microsoft was asked for and what became of each, the last first.",
        mixinStandardHelpOptions = true)
public final class LedgerList extends ListCommand {

    private static final Listing LISTING = new Listing(
            "poll_windows",
            "No such window was asked for.",
            Column.time("LAST ANSWER (UTC)", "ended_at"),
            Column.text("DEVICE", "device_name"),
            Column.whole("FEED", "feed"),
            Column.whole("PURPOSE", "purpose"),
            Column.time("FROM (UTC)", "from"),
            Column.time("TO (UTC)", "to"),
            Column.whole("OUTCOME", "outcome"),
            Column.count("PAGES", "pages"),
            Column.count("NEW", "new_records"),
            Column.count("CHANGED", "new_versions"),
            Column.count("SAME", "same"),
            Column.text("CAUSE", "cause"));

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

    public LedgerList(CommandContext context) {
        super(context, LISTING);
    }

    @Override
    protected Map<String, String> query(Devices devices) {
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
