package dev.gatehouse.cli;

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

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The id of the record, see 'gatehouse unreadable list'.")
    private String id = "";

    @Option(names = "--json", description = "Print the record as JSON.")
    private boolean json;

    UnreadableShow(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(surroundings)) {
            var record = client.get(Unreadable.path(id)).dataOrFail();
            var out = surroundings.out();
            if (json) {
                out.println(Devices.flat(record).toPrettyString());
                return ExitCode.OK.number();
            }
            var attributes = record.path("attributes");
            out.println("Device      " + Table.harmless(Devices.text(attributes, "device_name")));
            out.println("Feed        " + Devices.text(attributes, "feed"));
            out.println("Cause       " + Table.harmless(Devices.text(attributes, "cause")));
            out.println("Came        " + Devices.time(attributes, "received_at"));
            out.println("Last try    %s, %d in all"
                    .formatted(
                            Devices.time(attributes, "last_tried_at"),
                            attributes.path("attempts").asLong(0)));
            out.println("Request-id  " + Table.harmless(Devices.text(attributes, "request_id")));
            out.println();
            attributes.path("text").asString("").lines().map(Table::harmless).forEach(out::println);
            return ExitCode.OK.number();
        }
    }
}
