package dev.gatehouse.cli.list;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that lists a collection of the API. A subclass says which one, what its table shows, and how to filter it. */
public abstract class ListCommand implements Callable<Integer> {

    private final CommandContext context;
    private final Listing listing;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--limit", defaultValue = "50", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    protected ListCommand(CommandContext context, Listing listing) {
        this.context = context;
        this.listing = listing;
    }

    /**
     * The filters and the order that were asked for, as the API takes them.
     *
     * @param devices finds a device by what the user called it
     */
    protected Map<String, String> query(Devices devices) {
        return Map.of();
    }

    @Override
    public final Integer call() {
        if (limit < 1) {
            throw new Failure(ExitCode.BAD_INPUT, "--limit must be 1 or more.");
        }
        try (var client = server.connect(context)) {
            var resources = client.list(listing.type(), query(new Devices(client)), limit);
            listing.print(context, resources, json);
            return ExitCode.OK.number();
        }
    }
}
