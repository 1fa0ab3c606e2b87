package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
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

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final SecretOptions secret = new SecretOptions();

    @Option(names = "--name", required = true, description = "What the device is called in the Workbench.")
    private String name = "";

    @Option(names = "--location", defaultValue = "", description = "Where it belongs, e.g. a site or a customer.")
    private String location = "";

    @Option(
            names = "--directory-id",
            required = true,
            paramLabel = "GUID",
            description = "Directory (tenant) ID of the app registration.")
    private String directoryId = "";

    @Option(
            names = "--application-id",
            required = true,
            paramLabel = "GUID",
            description = "Application (client) ID of the app registration.")
    private String applicationId = "";

    @Option(
            names = "--cloud",
            defaultValue = "global",
            description = "The Microsoft cloud of the tenant (default: ${DEFAULT-VALUE}).")
    private String cloud = "";

    @Option(
            names = "--secret-expires",
            defaultValue = "",
            paramLabel = "DAY",
            description = "The day on which the client secret expires, e.g. 2028-11-22. Otherwise nobody is warned.")
    private String secretExpires = "";

    @Option(names = "--test-first", description = "Add it only when the connection works.")
    private boolean testFirst;

    @Option(names = "--json", description = "Print the device as JSON.")
    private boolean json;

    DeviceAdd(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var request = new DeviceRequest(
                name, location, directoryId, applicationId, secret.read(context), cloud, secretExpires, "");
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
