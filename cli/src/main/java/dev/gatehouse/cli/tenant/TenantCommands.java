package dev.gatehouse.cli.tenant;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gatehouse tenant}: the commands about a customer's tenant. */
@Command(
        name = "tenant",
        description = "Set up a customer's tenant as the guide wants it: plan, apply, verify, rotate, remove.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class TenantCommands {

    private TenantCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(Desk desk) {
        return new CommandLine(new TenantCommands())
                .addSubcommand(new PlanCommand(desk))
                .addSubcommand(new ApplyCommand(desk))
                .addSubcommand(new VerifyCommand(desk))
                .addSubcommand(new RotateCommand(desk))
                .addSubcommand(new RemoveCommand(desk))
                .addSubcommand(new ScriptCommand(desk))
                .addSubcommand(new ConsentLinkCommand(desk));
    }
}
