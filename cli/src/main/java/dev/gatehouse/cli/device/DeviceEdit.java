package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what is given of a device; everything else stays. */
@Command(
        name = "edit",
        description = "Change a device. What no option says stays, the secret included.",
        mixinStandardHelpOptions = true)
final class DeviceEdit implements Callable<Integer> {

    private final CommandContext context;
    private final FieldOptions fields = FieldOptions.ofChange();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final SecretOptions secret = new SecretOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(names = "--json", description = "Print the device as JSON.")
    private boolean json;

    private DeviceEdit(CommandContext context) {
        this.context = context;
    }

    static CommandLine commandLine(CommandContext context) {
        var command = new DeviceEdit(context);
        var line = new CommandLine(command);
        command.fields.addTo(line.getCommandSpec());
        return line;
    }

    @Override
    public Integer call() {
        var texts = fields.read();
        var request = secret.given(context).map(texts::withCredential).orElse(texts);
        if (request.isEmpty()) {
            throw new Failure(ExitCode.BAD_INPUT, "Say what to change, for example --location Dublin.");
        }
        try (var client = server.connect(context)) {
            var devices = new Devices(client);
            var changed =
                    devices.change(Resource.id(devices.find(device)), request).dataOrFail();
            context.out()
                    .println(
                            json
                                    ? Resource.flat(changed).toPrettyString()
                                    : Table.harmless("Changed '%s'.".formatted(Resource.attribute(changed, "name"))));
            return ExitCode.OK.number();
        }
    }
}
