package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Disconnects a tenant. Its vendor alerts stay. */
@Command(
        name = "remove",
        description = "Stop reading a tenant and hide its device. Its vendor alerts stay.",
        mixinStandardHelpOptions = true)
final class DeviceRemove implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    DeviceRemove(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var devices = new Devices(client);
            var found = devices.find(device);
            var name = Resource.attribute(found, "name");
            if (!yes && !isConfirmed(name)) {
                throw new Failure(ExitCode.BAD_INPUT, "'%s' was not removed.".formatted(name));
            }
            devices.remove(Resource.id(found));
            context.out().println(Table.harmless("Removed '%s'. Its vendor alerts stay.".formatted(name)));
            return ExitCode.OK.number();
        }
    }

    private boolean isConfirmed(String name) {
        var person = context.person()
                .orElseThrow(() -> new Failure(
                        ExitCode.BAD_INPUT, "Nobody can be asked whether to remove '%s'. Use --yes.".formatted(name)));
        return person.ask(Table.harmless("Remove '%s' and stop reading its tenant? [y/N]".formatted(name)))
                .map(answer ->
                        answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"))
                .orElse(false);
    }
}
