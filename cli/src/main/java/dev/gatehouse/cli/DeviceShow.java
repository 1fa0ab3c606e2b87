package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
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

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(names = "--json", description = "Print the device as JSON.")
    private boolean json;

    DeviceShow(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(surroundings)) {
            var found = new Devices(client).find(device);
            if (json) {
                surroundings.out().println(Devices.flat(found).toPrettyString());
            } else {
                print(found);
            }
            return ExitCode.OK.number();
        }
    }

    private void print(JsonNode found) {
        var attributes = found.path("attributes");
        var details = attributes.path("status_details");
        line("Name", Devices.text(attributes, "name"));
        line("Location", Devices.text(attributes, "location"));
        line("ID", Devices.id(found));
        line("Directory ID", Devices.text(attributes, "directory_id"));
        line("Application ID", Devices.text(attributes, "application_id"));
        line("Cloud", Devices.text(attributes, "cloud"));
        line("Expires", expiry(attributes));
        line("Status", "%s: %s".formatted(Devices.text(attributes, "status"), Devices.stage(details)));
        for (var part : List.of("message", "hint")) {
            line("", Devices.text(details, part));
        }
        line("Last poll", Devices.time(attributes, "last_poll_at") + " UTC");
        line("Last data", Devices.time(attributes, "last_data_at") + " UTC");
        surroundings.out().println();
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
                        Devices.time(attributes, "credential_expires_at"),
                        Devices.text(attributes, "credential_state").equals("expired")
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
            var trouble = Devices.text(feed, "trouble");
            table.add(
                    Devices.text(feed, "feed"),
                    trouble.isEmpty() ? "ok" : trouble,
                    Devices.time(feed, "watermark"),
                    Devices.time(feed, "last_success_at"),
                    Devices.text(feed, "records"),
                    Devices.text(feed, "versions"),
                    Devices.text(feed, "unreadable"),
                    Devices.text(feed, "left_out"));
        }
        table.lines(surroundings.width()).forEach(surroundings.out()::println);
        for (var feed : feeds) {
            if (!Devices.text(feed, "trouble").isEmpty()) {
                surroundings
                        .out()
                        .println(Table.harmless("%n%s: %s %s"
                                        .formatted(
                                                Devices.text(feed, "feed"),
                                                Devices.text(feed, "cause"),
                                                Devices.text(feed, "cure")))
                                .strip());
            }
        }
    }

    private void line(String label, String value) {
        if (!value.isEmpty()) {
            surroundings.out().println("%-15s %s".formatted(label, Table.harmless(value)));
        }
    }
}
