package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the connected tenants. */
@Command(name = "list", description = "List the devices and how they are doing.", mixinStandardHelpOptions = true)
final class DeviceList implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    DeviceList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(surroundings)) {
            var devices = new Devices(client).all();
            if (json) {
                var array = WorkbenchClient.JSON.createArrayNode();
                devices.forEach(device -> array.add(Devices.flat(device)));
                surroundings.out().println(array.toPrettyString());
                return ExitCode.OK.number();
            }
            if (devices.isEmpty()) {
                surroundings.note("There are no devices yet. 'gatehouse device add' connects one.");
                return ExitCode.OK.number();
            }
            var table = new Table(
                    Column.text("NAME"),
                    Column.text("LOCATION"),
                    Column.whole("STATUS"),
                    Column.text("DETAIL"),
                    Column.whole("LAST POLL (UTC)"),
                    Column.whole("LAST DATA (UTC)"),
                    Column.whole("ID"));
            for (var device : devices) {
                var attributes = device.path("attributes");
                var details = attributes.path("status_details");
                var message = Devices.text(details, "message");
                table.add(
                        Devices.text(attributes, "name"),
                        Devices.text(attributes, "location"),
                        Devices.text(attributes, "status"),
                        message.isEmpty() ? Devices.stage(details) : message,
                        Devices.time(attributes, "last_poll_at"),
                        Devices.time(attributes, "last_data_at"),
                        Devices.id(device));
            }
            table.lines(surroundings.width()).forEach(surroundings.out()::println);
            return ExitCode.OK.number();
        }
    }
}
