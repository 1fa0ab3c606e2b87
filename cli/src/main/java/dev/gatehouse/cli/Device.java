package dev.gatehouse.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about security devices: connections to Microsoft Defender for Identity tenants. */
@Command(
        name = "device",
        description = "Add, list, test and remove security devices, i.e. connected tenants.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class Device implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do with the device: add, list, show, test, remove or import.");
    }
}
