package dev.gatehouse.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gatehouse bench}: says which benchmarks there are. */
@Command(
        name = "gatehouse bench",
        description = "Measure Gatehouse. docs/performance.md explains how and has the figures.",
        synopsisSubcommandLabel = "BENCHMARK",
        mixinStandardHelpOptions = true,
        subcommands = {Screens.class, Collect.class, Growth.class, Soak.class, Parse.class})
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(commands().execute(arguments));
    }

    /** All the benchmarks there are. */
    static CommandLine commands() {
        return new CommandLine(new Benchmarks())
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler((exception, at, parsed) -> {
                    at.getErr().println("gatehouse bench: " + exception.getMessage());
                    return 1;
                });
    }
}
