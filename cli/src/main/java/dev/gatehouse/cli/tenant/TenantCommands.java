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
    public static CommandLine commandLine(TenantContext context) {
        return new CommandLine(new TenantCommands())
                .addSubcommand(new PlanCommand(context))
                .addSubcommand(new ApplyCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new RotateCommand(context))
                .addSubcommand(new RemoveCommand(context))
                .addSubcommand(new ScriptCommand(context))
                .addSubcommand(new ConsentLinkCommand(context));
    }
}
