package dev.gatehouse.cli.records;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.terminal.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about records that came and could not be understood. */
@Command(
        name = "unreadable",
        description = "See which records could not be understood, and have them tried again.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class UnreadableCommands implements Runnable {

    static final String TYPE = "unreadable_records";
    static final String PATH = "/api/v2/" + TYPE;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private UnreadableCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new UnreadableCommands())
                .addSubcommand(new UnreadableList(context))
                .addSubcommand(new UnreadableShow(context))
                .addSubcommand(new UnreadableRetry(context));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, show or retry.");
    }

    /**
     * Where a record is found.
     *
     * @throws Failure when that is no id
     */
    static String path(String id) {
        if (!id.matches("[0-9A-Za-z-]+")) {
            throw new Failure(ExitCode.NOT_FOUND, "There is no unreadable record with the id '%s'.".formatted(id));
        }
        return PATH + "/" + id;
    }
}
