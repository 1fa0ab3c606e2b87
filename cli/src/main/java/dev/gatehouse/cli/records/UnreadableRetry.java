package dev.gatehouse.cli.records;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.list.RecordFilters;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Have records that could not be understood tried again. */
@Command(
        name = "retry",
        description = "Have a record that could not be understood tried again, or with --all every one.",
        mixinStandardHelpOptions = true)
final class UnreadableRetry implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "The id of the record, see 'gatehouse unreadable list'.")
    private String id = "";

    @Option(names = "--all", description = "All of them, or those that --device and --feed name.")
    private boolean all;

    @Mixin
    private final RecordFilters filters = new RecordFilters();

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    UnreadableRetry(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (all != id.isEmpty()) {
            throw new Failure(ExitCode.BAD_INPUT, "Name one record by its id, or say --all.");
        }
        try (var client = server.connect(context)) {
            return all ? retryAll(client) : retryOne(client);
        }
    }

    private int retryOne(WorkbenchClient client) {
        var record = client.post(UnreadableCommands.path(id) + "/retry", WorkbenchClient.JSON.createObjectNode())
                .dataOrFail();
        context.out()
                .println(
                        json
                                ? Resource.flat(record).toPrettyString()
                                : switch (Resource.attribute(record, "state")) {
                                    case "read" ->
                                        "The record can be read now, and has moved to the others of its feed.";
                                    case "left_out" ->
                                        "The record can be read now. It is a vendor alert of another product, which is counted and not kept.";
                                    default ->
                                        Table.harmless("The record still cannot be read: %s."
                                                .formatted(Resource.attribute(record, "cause")));
                                });
        return ExitCode.OK.number();
    }

    private int retryAll(WorkbenchClient client) {
        var query = filters.query(new Devices(client)).entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        var meta = client.post(
                        UnreadableCommands.PATH + "/retry" + (query.isEmpty() ? "" : "?" + query),
                        WorkbenchClient.JSON.createObjectNode())
                .metaOrFail();
        var count = meta.path("records").asLong(0);
        context.out()
                .println(
                        json
                                ? meta.toPrettyString()
                                : "%d %s tried again now; 'gatehouse unreadable list' shows what stays."
                                        .formatted(count, count == 1 ? "record is" : "records are"));
        return ExitCode.OK.number();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
