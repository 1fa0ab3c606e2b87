package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.model.DeviceField;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects one tenant. */
@Command(
        name = "add",
        description = "Connect a Microsoft Defender for Identity tenant.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The secret is asked for, unless --secret-file or --secret-env says where it is. Example:",
            "  gatehouse device add --name Contoso --location Dublin \\",
            "      --directory-id GUID --application-id GUID --secret-file contoso.secret"
        })
final class DeviceAdd implements Callable<Integer> {

    private final CommandContext context;
    private final FieldOptions fields = FieldOptions.ofNew();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final SecretOptions secret = new SecretOptions();

    @Option(names = "--test-first", description = "Add it only when the connection works.")
    private boolean testFirst;

    @Option(names = "--json", description = "Print the device as JSON.")
    private boolean json;

    private DeviceAdd(CommandContext context) {
        this.context = context;
    }

    static CommandLine commandLine(CommandContext context) {
        var command = new DeviceAdd(context);
        var line = new CommandLine(command);
        command.fields.addTo(line.getCommandSpec());
        return line;
    }

    @Override
    public Integer call() {
        var request = fields.read().withCredential(secret.read(context));
        var name = request.text(DeviceField.NAME);
        try (var client = server.connect(context)) {
            var devices = new Devices(client);
            if (testFirst) {
                var report = new TestReport(devices.test(request));
                if (!report.isPassed()) {
                    report.lines().forEach(context::note);
                    throw new Failure(ExitCode.SOME_FAILED, "'%s' was not added, see above.".formatted(name));
                }
            }
            var device = devices.create(request).dataOrFail();
            context.out()
                    .println(
                            json
                                    ? Resource.flat(device).toPrettyString()
                                    : "Added '%s' with the id %s.".formatted(name, Resource.id(device)));
            return ExitCode.OK.number();
        }
    }
}
