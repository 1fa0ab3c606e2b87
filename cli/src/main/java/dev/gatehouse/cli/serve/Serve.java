package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.program.ProgramRunner;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * Runs the Workbench for real tenants, in this very process, so that signals reach it. The launcher puts the
 * Workbench's jars on the class path of this command.
 */
@Command(
        name = "serve",
        description = "Run the Workbench for real tenants, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {"", "Any setting of docs/configuration.md can be given as --gatehouse.NAME=VALUE."})
public final class Serve implements Callable<Integer> {

    private static volatile boolean runningHere;

    private final CommandContext context;

    @Mixin
    private final WorkbenchSettings settings = new WorkbenchSettings();

    @Unmatched
    private final List<String> others = new ArrayList<>();

    public Serve(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var flags = settings.arguments(others);
        context.note("Starting the Workbench …");
        runningHere = true;
        ProgramRunner.run(ProgramRunner.WORKBENCH, flags);
        return ExitCode.OK.number();
    }

    /** Whether this process has become a Workbench and must not end when the command returns. */
    public static boolean isRunningHere() {
        return runningHere;
    }
}
