package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoPeople.SignIn;
import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.DemoState;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.program.ChildProcess;
import dev.gatehouse.cli.program.Ports;
import dev.gatehouse.cli.program.ProgramRunner;
import dev.gatehouse.cli.program.Programs.Program;
import dev.gatehouse.cli.serve.WorkbenchSettings;
import dev.gatehouse.cli.terminal.CommandContext;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * Shows Gatehouse at work without a tenant of one's own: a simulated Microsoft, a Workbench that reads the tenants of three
 * organizations in it, people of every role, and one URL to open. Both are child processes and end with this one, however it
 * ends.
 */
@Command(
        name = "demo",
        description = "Run a Workbench with three simulated customers, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Data is kept in 'demo' below the usual data directory, apart from real data; a second run goes on with it.",
            "Any setting of docs/configuration.md can be given as --gatehouse.NAME=VALUE."
        })
public final class Demo implements Callable<Integer> {

    // The same at every run, so that the tenants are the same and their devices go on where they stopped.
    private static final String SEED = "7";
    private static final String TENANTS = "5";
    private static final String EMPTY_TENANTS = "1";

    private static final int USUAL_PORT = 8080;
    private static final Duration PAUSE = Duration.ofMillis(250);
    // A first start unpacks PostgreSQL and makes a database, on a slow disk too.
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration PATIENCE_FOR_ALERTS = Duration.ofMinutes(1);

    private final CommandContext context;

    // Closed last first. Also read by the shutdown hook.
    private final List<ChildProcess> children = new ArrayList<>();
    private volatile boolean stopping;

    @Mixin
    private final WorkbenchSettings settings = new WorkbenchSettings();

    @Unmatched
    private final List<String> others = new ArrayList<>();

    public Demo(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        var chosen = settings.dataDirectory();
        var directory = chosen == null ? DataDirectory.usual(context).demo() : new DataDirectory(chosen);
        var absolute = new DataDirectory(directory.path().toAbsolutePath());
        // Asked for first: a mistyped flag should not start anything.
        var flags = settings.arguments(others);
        absolute.create(context);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopChildren, "stop-children"));
        try (var channel = FileChannel.open(
                        absolute.path().resolve("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lock(channel, absolute)) {
            try {
                run(absolute, flags);
            } finally {
                stopChildren();
                DemoState.remove(absolute);
            }
            return ExitCode.OK.number();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK.number();
        }
    }

    private void run(DataDirectory directory, List<String> flags) throws IOException, InterruptedException {
        var ports = new Ports();
        var url = URI.create("http://127.0.0.1:" + workbenchPort(ports));
        var simulated = startSimulator(directory, ports);
        var client = startWorkbench(directory, simulated, url, flags);
        try (client) {
            var data = new DemoData(client);
            var added = data.addMissing(simulated);
            var signIns = new DemoPeople(client, directory).signIns();
            new DemoState(url, ProcessHandle.current().pid()).write(directory);
            context.note(
                    added == 0
                            ? "The devices are there from the last time."
                            : "%d devices are connected.".formatted(added));
            welcome(data, signIns, simulated, directory, url);
            announceFirstAlerts(client, url);
        }
        while (true) {
            checkChildren();
            Thread.sleep(PAUSE);
        }
    }

    private int workbenchPort(Ports ports) {
        var asked = settings.port();
        if (asked != null) {
            if (!Ports.isFree(asked)) {
                throw new Failure(
                        ExitCode.NOT_STARTED,
                        "Port %d is in use. Choose another with --port, or leave it out to get a free one."
                                .formatted(asked));
            }
            return asked;
        }
        var port = ports.freeFrom(USUAL_PORT);
        if (port != USUAL_PORT) {
            context.note("Port %d is in use, taking %d instead.".formatted(USUAL_PORT, port));
        }
        return port;
    }

    private SimulatorDetails startSimulator(DataDirectory directory, Ports ports)
            throws IOException, InterruptedException {
        var place = directory.path().resolve("simulator");
        var file = place.resolve("simulator.json");
        Files.deleteIfExists(file);
        var child = start(
                "simulator",
                context.programs().simulator(),
                List.of(
                        "--directory", place.toString(),
                        "--seed", SEED,
                        "--tenants", TENANTS,
                        "--empty-tenants", EMPTY_TENANTS,
                        "--entra-port", Integer.toString(ports.freeFrom(9443)),
                        "--graph-port", Integer.toString(ports.freeFrom(9444)),
                        "--plain-entra-port", Integer.toString(ports.freeFrom(9081)),
                        "--plain-graph-port", Integer.toString(ports.freeFrom(9082))),
                directory);
        return awaited(child, "simulator", () -> SimulatorDetails.read(file));
    }

    private WorkbenchClient startWorkbench(
            DataDirectory directory, SimulatorDetails simulated, URI url, List<String> flags)
            throws InterruptedException {
        var program = context.programs().workbench();
        var classPath = new ArrayList<>(program.classPath());
        // For ProgramRunner, which ends it together with this process.
        classPath.add(System.getProperty("java.class.path", ""));
        var arguments = new ArrayList<String>();
        arguments.add(program.mainClass());
        arguments.addAll(withoutRepetition(
                simulated.settings(),
                // Stories play out over minutes; nobody should have to wait for them.
                List.of(
                        "--gatehouse.poll.interval=5s",
                        "--gatehouse.poll.hunting-interval=30s",
                        // Nobody else asks the pretend tenants, and whoever looks at a demo has no time.
                        // Its passwords are printed, and who looks around has no telephone at hand.
                        "--gatehouse.sign-in.second-factor=optional",
                        "--gatehouse.budget.requests-per-minute=140",
                        "--gatehouse.replay.requests-per-minute=100"),
                flags,
                List.of("--gatehouse.server.port=" + url.getPort(), "--gatehouse.data-directory=" + directory.path())));
        var child = start("Workbench", new Program(classPath, ProgramRunner.class.getName()), arguments, directory);
        return awaited(child, "Workbench", () -> answering(directory, url));
    }

    // Of a setting that is given twice Spring makes a list. Here the later one counts.
    @SafeVarargs
    private static List<String> withoutRepetition(List<String>... groups) {
        var byName = new LinkedHashMap<String, String>();
        for (var group : groups) {
            group.forEach(setting -> byName.put(setting.substring(0, setting.indexOf('=')), setting));
        }
        return List.copyOf(byName.values());
    }

    private ChildProcess start(String name, Program program, List<String> arguments, DataDirectory directory) {
        context.note("Starting the %s …".formatted(name));
        var log = directory.path().resolve("logs").resolve(name.toLowerCase(Locale.ROOT) + ".log");
        synchronized (children) {
            if (stopping) {
                throw new Failure(ExitCode.NOT_STARTED, "The demo is being stopped.");
            }
            var child = ChildProcess.start(name, program, arguments, log);
            children.addFirst(child);
            return child;
        }
    }

    private <T> T awaited(ChildProcess child, String name, Supplier<Optional<T>> look) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (!child.isAlive()) {
                throw child.ended();
            }
            Thread.sleep(PAUSE);
        }
        throw new Failure(
                ExitCode.NOT_STARTED,
                "The %s was not ready after %d minutes. See its log.".formatted(name, PATIENCE.toMinutes()));
    }

    private static Optional<WorkbenchClient> answering(DataDirectory directory, URI url) {
        return DataDirectory.textOf(directory.tokenFile()).flatMap(token -> {
            var client = new WorkbenchClient(url, token);
            try {
                new Devices(client).all();
                return Optional.of(client);
            } catch (Failure notYet) {
                client.close();
                return Optional.empty();
            }
        });
    }

    private void welcome(
            DemoData data, List<SignIn> signIns, SimulatorDetails simulated, DataDirectory directory, URI url) {
        var welcome = new Welcome(context.out());
        welcome.print(url, signIns);
        var prepared = simulated.tenant(Customer.PREPARED);
        if (!data.isConnected(prepared)) {
            welcome.prepared(prepared);
        }
        simulated.emptyTenants().forEach(welcome::empty);
        welcome.end(directory);
    }

    private void announceFirstAlerts(WorkbenchClient client, URI url) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE_FOR_ALERTS.toNanos();
        while (System.nanoTime() < deadline) {
            checkChildren();
            var count = client.count("vendor_alerts");
            if (count > 0) {
                context.note("%nThe first %d vendor alerts are on %s/vendor-alerts".formatted(count, url));
                return;
            }
            Thread.sleep(PAUSE);
        }
        context.note("%nNo vendor alerts yet. ./gatehouse device list says how the tenants are doing.".formatted());
    }

    private void checkChildren() throws InterruptedException {
        synchronized (children) {
            for (var child : children) {
                if (!child.isAlive()) {
                    if (stopping) {
                        throw new InterruptedException();
                    }
                    throw child.ended();
                }
            }
        }
    }

    private void stopChildren() {
        stopping = true;
        synchronized (children) {
            children.forEach(ChildProcess::close);
        }
    }

    private static FileLock lock(FileChannel channel, DataDirectory directory) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new Failure(
                    ExitCode.NOT_STARTED,
                    "A demo runs on %s already%s. Stop it first, or choose another --data-directory."
                            .formatted(
                                    directory.path(),
                                    DemoState.of(directory)
                                            .map(state -> ": %s, process %d".formatted(state.url(), state.process()))
                                            .orElse("")));
        }
        return lock;
    }
}
