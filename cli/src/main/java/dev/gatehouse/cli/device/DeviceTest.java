package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries the connection of a saved device, step by step. */
@Command(
        name = "test",
        description = "Try a device's connection step by step: sign-in, permissions, every endpoint.",
        mixinStandardHelpOptions = true)
final class DeviceTest implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(names = "--json", description = "Print the checks as JSON.")
    private boolean json;

    DeviceTest(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var devices = new Devices(client);
            var test = devices.test(Resource.id(devices.find(device)));
            var report = new TestReport(test);
            if (json) {
                context.out().println(test.path("attributes").toPrettyString());
            } else {
                report.lines().forEach(context.out()::println);
            }
            return (report.isPassed() ? ExitCode.OK : ExitCode.SOME_FAILED).number();
        }
    }
}
