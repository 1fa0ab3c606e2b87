package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.terminal.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about reading the past again. */
@Command(
        name = "replay",
        description = "Read a range of the past again, and see how the history of new devices comes in.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class ReplayCommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private ReplayCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new ReplayCommands())
                .addSubcommand(new ReplayStart(context))
                .addSubcommand(new ReplayList(context))
                .addSubcommand(new ReplayShow(context))
                .addSubcommand(new ReplayCancel(context));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: start, list, show or cancel.");
    }
}
