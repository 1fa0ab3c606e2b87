package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.list.ListCommand;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.terminal.CommandContext;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** List the processes that share the tenants of one database. */
@Command(
        name = "processes",
        description = "List the processes that share the tenants of one database.",
        mixinStandardHelpOptions = true)
public final class ProcessList extends ListCommand {

    private static final Listing LISTING = new Listing(
            "processes",
            "No process is working on this database.",
            Column.text("NAME", "name"),
            Column.text("HOST", "host"),
            Column.whole("VERSION", "version"),
            Column.whole("STATE", ProcessList::state),
            Column.count("TENANTS", "tenants"),
            Column.time("STARTED (UTC)", "started_at"),
            Column.time("LAST SEEN (UTC)", "seen_at"));

    public ProcessList(CommandContext context) {
        super(context, LISTING);
    }

    private static String state(JsonNode process) {
        return process.path("attributes").path("alive").asBoolean() ? "alive" : "lost";
    }
}
