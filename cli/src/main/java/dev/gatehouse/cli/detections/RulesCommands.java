package dev.gatehouse.cli.detections;

import dev.gatehouse.cli.terminal.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about detection rules. */
@Command(
        name = "rules",
        description = "Work on detection rules.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class RulesCommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private RulesCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new RulesCommands()).addSubcommand(new RulesCheck(context));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: check.");
    }
}
