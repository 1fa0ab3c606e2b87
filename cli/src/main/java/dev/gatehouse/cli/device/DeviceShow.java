package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Table.Column;
import dev.gatehouse.model.DeviceField;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one tenant and each stream that is read from it. */
@Command(
        name = "show",
        description = "Show a device and the state of each of its feeds.",
        mixinStandardHelpOptions = true)
final class DeviceShow implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(names = "--json", description = "Print the device as JSON.")
    private boolean json;

    DeviceShow(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var found = new Devices(client).find(device);
            if (json) {
                context.out().println(Resource.flat(found).toPrettyString());
            } else {
                print(found);
            }
            return ExitCode.OK.number();
        }
    }

    private void print(JsonNode found) {
        var attributes = found.path("attributes");
        var details = attributes.path("status_details");
        line("ID", Resource.id(found));
        DeviceField.ALL.stream()
                .filter(field -> !field.isWriteOnly())
                .forEach(field -> line(field.label(), Resource.text(attributes, field.key())));
        line("Expires", expiry(attributes));
        line("Status", "%s: %s".formatted(Resource.text(attributes, "status"), Resource.stage(details)));
        for (var part : List.of("message", "hint")) {
            line("", Resource.text(details, part));
        }
        line("Last poll", Resource.time(attributes, "last_poll_at") + " UTC");
        line("Last data", Resource.time(attributes, "last_data_at") + " UTC");
        context.out().println();
        printFeeds(attributes.path("feeds"));
    }

    /** When what the device signs in with ends, and how soon that is. */
    private static String expiry(JsonNode attributes) {
        var days = attributes.path("credential_days_left");
        if (!days.isIntegralNumber()) {
            return "unknown; edit the device and enter the day";
        }
        return "%s UTC, %s"
                .formatted(
                        Resource.time(attributes, "credential_expires_at"),
                        Resource.text(attributes, "credential_state").equals("expired")
                                ? "expired"
                                : "in %d days".formatted(days.asLong()));
    }

    private void printFeeds(JsonNode feeds) {
        var table = new Table(
                Column.whole("FEED"),
                Column.text("STATE"),
                Column.whole("READ UP TO (UTC)"),
                Column.whole("LAST SUCCESS (UTC)"),
                Column.whole("RECORDS"),
                Column.whole("VERSIONS"),
                Column.whole("UNREADABLE"),
                Column.whole("LEFT OUT"));
        for (var feed : feeds) {
            var trouble = Resource.text(feed, "trouble");
            table.add(
                    Resource.text(feed, "feed"),
                    trouble.isEmpty() ? "ok" : trouble,
                    Resource.time(feed, "watermark"),
                    Resource.time(feed, "last_success_at"),
                    Resource.text(feed, "records"),
                    Resource.text(feed, "versions"),
                    Resource.text(feed, "unreadable"),
                    Resource.text(feed, "left_out"));
        }
        table.lines(context.width()).forEach(context.out()::println);
        for (var feed : feeds) {
            if (!Resource.text(feed, "trouble").isEmpty()) {
                context.out()
                        .println(Table.harmless("%n%s: %s %s"
                                        .formatted(
                                                Resource.text(feed, "feed"),
                                                Resource.text(feed, "cause"),
                                                Resource.text(feed, "cure")))
                                .strip());
            }
        }
    }

    private void line(String label, String value) {
        if (!value.isEmpty()) {
            context.out().println("%-15s %s".formatted(label, Table.harmless(value)));
        }
    }
}
