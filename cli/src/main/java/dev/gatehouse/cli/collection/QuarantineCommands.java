package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.terminal.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about what could not be read. */
@Command(
        name = "quarantine",
        description = "See which windows could not be read, and have them tried again.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class QuarantineCommands implements Runnable {

    static final String TYPE = "quarantined_windows";
    static final String PATH = "/api/v2/" + TYPE;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private QuarantineCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new QuarantineCommands())
                .addSubcommand(new QuarantineList(context))
                .addSubcommand(new QuarantineRetry(context));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list or retry.");
    }
}
