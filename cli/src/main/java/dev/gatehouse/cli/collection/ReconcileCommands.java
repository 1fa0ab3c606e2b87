package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.terminal.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about comparing what Graph has with what is here. */
@Command(
        name = "reconcile",
        description = "Compare what Graph has of each hour with what is here, and see what came of it.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class ReconcileCommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private ReconcileCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new ReconcileCommands())
                .addSubcommand(new ReconcileStart(context))
                .addSubcommand(new ReconcileList(context));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: start or list.");
    }
}
