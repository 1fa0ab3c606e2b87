package dev.gatehouse.cli.generate;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.program.ProgramRunner;
import dev.gatehouse.cli.serve.WorkbenchSettings;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Runs the Workbench's program that makes up customers, in this very process. */
@Command(
        name = "generate",
        description =
                "Fill an empty database with made-up customers, to try and measure Gatehouse at the size of a large provider. Nothing of it is polled.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The same seed gives the same customers; ids are drawn anew. docs/performance.md has the figures.",
            "Any setting of docs/configuration.md can be given as --gatehouse.NAME=VALUE."
        })
public final class GenerateCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final WorkbenchSettings settings = new WorkbenchSettings();

    @Option(names = "--vendor-alerts", paramLabel = "N", description = "How many vendor alerts (default: 1000000).")
    private @Nullable Integer vendorAlerts;

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "How many security devices, each of a directory of its own (default: 2000).")
    private @Nullable Integer devices;

    @Option(names = "--organizations", paramLabel = "N", description = "How many organizations (default: 200).")
    private @Nullable Integer organizations;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Over how many days up to now everything is spread (default: 90).")
    private @Nullable Integer days;

    @Option(names = "--seed", paramLabel = "N", description = "What chance begins with (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--add", description = "Add to a database that holds organizations already.")
    private boolean add;

    @Unmatched
    private final List<String> others = new ArrayList<>();

    public GenerateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var flags = new ArrayList<>(settings.arguments(others));
        give(flags, "vendor-alerts", vendorAlerts);
        give(flags, "devices", devices);
        give(flags, "organizations", organizations);
        give(flags, "days", days);
        give(flags, "seed", seed);
        give(flags, "add", add ? true : null);
        context.note("Starting the database …");
        ProgramRunner.run(ProgramRunner.GENERATE, flags);
        return ExitCode.OK.number();
    }

    private static void give(List<String> flags, String name, @Nullable Object value) {
        if (value != null) {
            flags.add("--generate.%s=%s".formatted(name, value));
        }
    }
}
