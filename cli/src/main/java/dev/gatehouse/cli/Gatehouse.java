package dev.gatehouse.cli;

import dev.gatehouse.cli.tenant.TenantCommands;
import dev.gatehouse.cli.tenant.TenantFailure;
import java.util.Objects;
import java.util.Optional;
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
        var exitCode = run(Surroundings.actual(), arguments);
        // A Workbench that runs in this process goes on after its start has returned.
        if (exitCode != ExitCode.OK.number() || !Serve.isRunningHere()) {
            System.exit(exitCode);
        }
    }

    /** Runs one command and returns what the shell is to be told. */
    static int run(Surroundings surroundings, String... arguments) {
        var commands = commands(surroundings);
        if (arguments.length == 0) {
            commands.usage(surroundings.err());
            return ExitCode.BAD_INPUT.number();
        }
        return commands.execute(arguments);
    }

    /** All the commands there are. */
    static CommandLine commands(Surroundings surroundings) {
        var gatehouse = new Gatehouse();
        return new CommandLine(gatehouse)
                .addSubcommand(new Demo(surroundings))
                .addSubcommand(new Serve(surroundings))
                .addSubcommand(new CommandLine(new Device())
                        .addSubcommand(new DeviceAdd(surroundings))
                        .addSubcommand(new DeviceList(surroundings))
                        .addSubcommand(new DeviceShow(surroundings))
                        .addSubcommand(new DeviceTest(surroundings))
                        .addSubcommand(new DeviceRemove(surroundings))
                        .addSubcommand(new DeviceImport(surroundings)))
                .addSubcommand(TenantCommands.commandLine(new TenantDesk(surroundings)))
                .addSubcommand(new CommandLine(new Replay())
                        .addSubcommand(new ReplayStart(surroundings))
                        .addSubcommand(new ReplayList(surroundings))
                        .addSubcommand(new ReplayShow(surroundings))
                        .addSubcommand(new ReplayCancel(surroundings)))
                .addSubcommand(new CommandLine(new Quarantine())
                        .addSubcommand(new QuarantineList(surroundings))
                        .addSubcommand(new QuarantineRetry(surroundings)))
                .addSubcommand(new CommandLine(new Unreadable())
                        .addSubcommand(new UnreadableList(surroundings))
                        .addSubcommand(new UnreadableShow(surroundings))
                        .addSubcommand(new UnreadableRetry(surroundings)))
                .addSubcommand(new LedgerList(surroundings))
                .addSubcommand(new CommandLine(new Reconcile())
                        .addSubcommand(new ReconcileStart(surroundings))
                        .addSubcommand(new ReconcileList(surroundings)))
                .addSubcommand(new Hunt(surroundings))
                .addSubcommand(new Alerts(surroundings))
                .addSubcommand(new ProcessList(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                // A name may well begin with @; picocli would read it as a file of arguments.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.clamp(surroundings.width().orElse(100), 60, 120))
                .setExecutionExceptionHandler((exception, at, parsed) -> gatehouse.explain(surroundings, exception))
                .setParameterExceptionHandler((exception, _) -> explainUsage(surroundings, exception));
    }

    private static int explainUsage(Surroundings surroundings, ParameterException exception) {
        surroundings
                .err()
                .println("gatehouse: %s%n'%s --help' shows what it takes."
                        .formatted(
                                Table.harmless(String.valueOf(exception.getMessage())),
                                exception.getCommandLine().getCommandSpec().qualifiedName()));
        return ExitCode.BAD_INPUT.number();
    }

    private int explain(Surroundings surroundings, Exception exception) {
        if (debug) {
            exception.printStackTrace(surroundings.err());
        }
        if (exception instanceof Failure failure) {
            surroundings.err().println("gatehouse: " + Table.harmless(Objects.requireNonNull(failure.getMessage())));
            return failure.exitCode().number();
        }
        if (exception instanceof TenantFailure failure) {
            surroundings.err().println("gatehouse: " + Table.harmless(failure.sentence()));
            return failure.kind().number();
        }
        surroundings
                .err()
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
