package dev.gatehouse.cli;

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

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(names = "--json", description = "Print the checks as JSON.")
    private boolean json;

    DeviceTest(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(surroundings)) {
            var devices = new Devices(client);
            var test = devices.test(Devices.id(devices.find(device)));
            var report = new TestReport(test);
            if (json) {
                surroundings.out().println(test.path("attributes").toPrettyString());
            } else {
                report.lines().forEach(surroundings.out()::println);
            }
            return (report.isPassed() ? ExitCode.OK : ExitCode.SOME_FAILED).number();
        }
    }
}
