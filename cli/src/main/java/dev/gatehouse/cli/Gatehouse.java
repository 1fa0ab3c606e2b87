package dev.gatehouse.cli;

import dev.gatehouse.cli.collection.LedgerList;
import dev.gatehouse.cli.collection.ProcessList;
import dev.gatehouse.cli.collection.QuarantineCommands;
import dev.gatehouse.cli.collection.ReconcileCommands;
import dev.gatehouse.cli.collection.ReplayCommands;
import dev.gatehouse.cli.demo.Demo;
import dev.gatehouse.cli.detections.RulesCommands;
import dev.gatehouse.cli.device.DeviceCommands;
import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.generate.GenerateCommand;
import dev.gatehouse.cli.people.OrganizationCommands;
import dev.gatehouse.cli.people.TokenCommands;
import dev.gatehouse.cli.people.UserCommands;
import dev.gatehouse.cli.records.HuntCommand;
import dev.gatehouse.cli.records.UnreadableCommands;
import dev.gatehouse.cli.records.VendorAlertList;
import dev.gatehouse.cli.serve.Serve;
import dev.gatehouse.cli.tenant.TenantCommands;
import dev.gatehouse.cli.tenant.TenantFailure;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code gatehouse} command: says which commands there are, and turns how they end into an exit code. */
@Command(
        name = "gatehouse",
        description = "A SOC workbench for Microsoft Defender for Identity.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Gatehouse.Version.class,
        footer = {
            "",
            "./gatehouse test runs every test. docs/cli.md explains all commands and exit codes,",
            "docs/configuration.md every setting."
        })
public final class Gatehouse {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "On an error, show where it comes from.")
    private boolean debug;

    private Gatehouse() {}

    public static void main(String[] arguments) {
        // Libraries that would log find nobody to log to here, and would say so on the person's screen.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        var exitCode = run(CommandContext.actual(), arguments);
        // A Workbench that runs in this process goes on after its start has returned.
        if (exitCode != ExitCode.OK.number() || !Serve.isRunningHere()) {
            System.exit(exitCode);
        }
    }

    /** One of the commands: the word that calls it, and what makes it. */
    private record Named(String name, Function<CommandContext, Object> maker) {}

    private static final List<Named> COMMANDS = List.of(
            new Named("demo", Demo::new),
            new Named("serve", Serve::new),
            new Named("generate", GenerateCommand::new),
            new Named("device", DeviceCommands::commandLine),
            new Named("tenant", context -> TenantCommands.commandLine(new TenantCommandContext(context))),
            new Named("replay", ReplayCommands::commandLine),
            new Named("quarantine", QuarantineCommands::commandLine),
            new Named("unreadable", UnreadableCommands::commandLine),
            new Named("ledger", LedgerList::new),
            new Named("reconcile", ReconcileCommands::commandLine),
            new Named("hunt", HuntCommand::new),
            new Named("alerts", VendorAlertList::new),
            new Named("rules", RulesCommands::commandLine),
            new Named("processes", ProcessList::new),
            new Named("user", UserCommands::commandLine),
            new Named("token", TokenCommands::commandLine),
            new Named("organization", OrganizationCommands::commandLine));

    /** Runs one command and returns what the shell is to be told. */
    static int run(CommandContext context, String... arguments) {
        if (arguments.length == 0) {
            commands(context).usage(context.err());
            return ExitCode.BAD_INPUT.number();
        }
        // To look through the options of all commands takes longer than most commands do.
        var called = COMMANDS.stream()
                .filter(command -> command.name().equals(arguments[0]))
                .toList();
        return commands(context, called.isEmpty() ? COMMANDS : called).execute(arguments);
    }

    /** All the commands there are. */
    static CommandLine commands(CommandContext context) {
        return commands(context, COMMANDS);
    }

    private static CommandLine commands(CommandContext context, List<Named> which) {
        var gatehouse = new Gatehouse();
        var commands = new CommandLine(gatehouse);
        for (var command : which) {
            commands.addSubcommand(command.name(), command.maker().apply(context));
        }
        return commands.setOut(context.out())
                .setErr(context.err())
                // A name may well begin with @; picocli would read it as a file of arguments.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.clamp(context.width().orElse(100), 60, 120))
                .setExecutionExceptionHandler((exception, at, parsed) -> gatehouse.explain(context, exception))
                .setParameterExceptionHandler((exception, _) -> explainUsage(context, exception));
    }

    private static int explainUsage(CommandContext context, ParameterException exception) {
        context.err()
                .println("gatehouse: %s%n'%s --help' shows what it takes."
                        .formatted(
                                Table.harmless(String.valueOf(exception.getMessage())),
                                exception.getCommandLine().getCommandSpec().qualifiedName()));
        return ExitCode.BAD_INPUT.number();
    }

    private int explain(CommandContext context, Exception exception) {
        if (debug) {
            exception.printStackTrace(context.err());
        }
        if (exception instanceof Failure failure) {
            context.err().println("gatehouse: " + Table.harmless(Objects.requireNonNull(failure.getMessage())));
            return failure.exitCode().number();
        }
        if (exception instanceof TenantFailure failure) {
            context.err().println("gatehouse: " + Table.harmless(failure.sentence()));
            return failure.kind().number();
        }
        context.err()
                .println("gatehouse: this is a mistake in Gatehouse itself: %s%s"
                        .formatted(exception, debug ? "" : ". Run it again with --debug and report what it says."));
        return ExitCode.SERVER_ERROR.number();
    }

    /** What the jar's manifest says. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Optional.ofNullable(Gatehouse.class.getPackage().getImplementationVersion());
            return new String[] {"Gatehouse " + version.orElse("(not packaged)")};
        }
    }
}
