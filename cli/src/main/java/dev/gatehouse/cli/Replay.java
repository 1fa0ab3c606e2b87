package dev.gatehouse.cli;

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
final class Replay implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: start, list, show or cancel.");
    }
}
