package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the connected tenants. */
@Command(name = "list", description = "List the devices and how they are doing.", mixinStandardHelpOptions = true)
final class DeviceList implements Callable<Integer> {

    private static final Listing LISTING = new Listing(
            Devices.TYPE,
            "There are no devices yet. 'gatehouse device add' connects one.",
            Column.text("NAME", "name"),
            Column.text("LOCATION", "location"),
            Column.whole("STATUS", "status"),
            Column.text("DETAIL", DeviceList::detail),
            Column.time("LAST POLL (UTC)", "last_poll_at"),
            Column.time("LAST DATA (UTC)", "last_data_at"),
            Column.id());

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    DeviceList(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var devices = new Devices(client).all();
            LISTING.print(context, devices, json);
            return ExitCode.OK.number();
        }
    }

    /** What is wrong, otherwise how far it has come. */
    private static String detail(JsonNode device) {
        var details = device.path("attributes").path("status_details");
        var message = Resource.text(details, "message");
        return message.isEmpty() ? Resource.stage(details) : message;
    }
}
