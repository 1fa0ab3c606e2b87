package dev.gatehouse.cli;

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
final class Unreadable implements Runnable {

    static final String TYPE = "unreadable_records";
    static final String PATH = "/api/v2/" + TYPE;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

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
