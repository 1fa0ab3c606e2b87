package dev.gatehouse.cli.records;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Show a record that could not be understood, with its text. */
@Command(
        name = "show",
        description = "Show a record that could not be understood, with its text.",
        mixinStandardHelpOptions = true)
final class UnreadableShow implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the record, see 'gatehouse unreadable list'.")
    private String id = "";

    @Option(names = "--json", description = "Print the record as JSON.")
    private boolean json;

    UnreadableShow(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var record = client.get(UnreadableCommands.path(id)).dataOrFail();
            var out = context.out();
            if (json) {
                out.println(Resource.flat(record).toPrettyString());
                return ExitCode.OK.number();
            }
            var attributes = record.path("attributes");
            out.println("DeviceCommands      " + Table.harmless(Resource.text(attributes, "device_name")));
            out.println("Feed        " + Resource.text(attributes, "feed"));
            out.println("Cause       " + Table.harmless(Resource.text(attributes, "cause")));
            out.println("Came        " + Resource.time(attributes, "received_at"));
            out.println("Last try    %s, %d in all"
                    .formatted(
                            Resource.time(attributes, "last_tried_at"),
                            attributes.path("attempts").asLong(0)));
            out.println("Request-id  " + Table.harmless(Resource.text(attributes, "request_id")));
            out.println();
            attributes.path("text").asString("").lines().map(Table::harmless).forEach(out::println);
            return ExitCode.OK.number();
        }
    }
}
