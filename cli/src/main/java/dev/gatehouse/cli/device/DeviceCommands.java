package dev.gatehouse.cli.device;

import dev.gatehouse.cli.terminal.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about security devices: connections to Microsoft Defender for Identity tenants. */
@Command(
        name = "device",
        description = "Add, list, change, test and remove security devices, i.e. connected tenants.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class DeviceCommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private DeviceCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new DeviceCommands())
                .addSubcommand(DeviceAdd.commandLine(context))
                .addSubcommand(DeviceEdit.commandLine(context))
                .addSubcommand(new DeviceList(context))
                .addSubcommand(new DeviceShow(context))
                .addSubcommand(new DeviceTest(context))
                .addSubcommand(new DeviceRemove(context))
                .addSubcommand(DeviceImport.commandLine(context));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do with the device: add, edit, list, show, test, remove or import.");
    }
}
