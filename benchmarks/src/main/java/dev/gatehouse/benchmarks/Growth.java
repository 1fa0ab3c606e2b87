package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How cost grows with the number of tenants, and with what is stored already. */
@Command(
        name = "growth",
        description = "How what collecting takes grows with tenants and with what is stored.",
        mixinStandardHelpOptions = true)
final class Growth implements Callable<Integer> {

    private static final List<Integer> STEPS = List.of(
            1_000, 3_000, 10_000, 30_000, 50_000, 100_000, 200_000, 300_000, 500_000, 700_000, 1_000_000, 2_000_000);

    private static final Duration LONGEST_CATCHING_UP = Duration.ofHours(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec command;

    @Option(
            names = "--tenants",
            split = ",",
            paramLabel = "N",
            description = "Numbers of tenants, each read each minute when nothing is new (default: 10,100,1000,10000).")
    private List<Integer> tenants = List.of(10, 100, 1_000, 10_000);

    @Option(
            names = "--alerts",
            paramLabel = "N",
            description = "How many alerts the history of one tenant has (default: 1000000).")
    private int alerts = 1_000_000;

    @Option(names = "--only", paramLabel = "CURVE", description = "tenants or backlog (default: both).")
    private String only = "";

    @Option(
            names = "--java",
            split = ",",
            paramLabel = "FLAG",
            description = "What the Workbench's Java is told besides.")
    private List<String> ofJava = List.of();

    @Option(names = "--scratch", paramLabel = "DIRECTORY", description = "Where databases are made (default: /tmp).")
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var out = command.commandLine().getOut();
        if (only.isEmpty() || only.equals("tenants")) {
            out.printf(
                    "%8s %14s %12s %16s %16s %12s %10s %10s%n",
                    "tenants",
                    "read once, s",
                    "requests",
                    "own ms/request",
                    "db ms/request",
                    "processors",
                    "memory MB",
                    "in use MB");
            for (var count : tenants) {
                tenants(out, count);
            }
        }
        if (only.isEmpty() || only.equals("backlog")) {
            backlog(out);
        }
        return 0;
    }

    private void tenants(PrintWriter out, int count) throws IOException, InterruptedException, SQLException {
        try (var graph = StartedGraph.start(count, 0, Duration.ofMillis(100));
                var bench =
                        new CollectingWorkbench(scratch, graph, ofJava, CollectingWorkbench.THREE_REQUESTS_A_MINUTE)) {
            bench.connect(count);
            bench.begin();
            Wait.until(bench.stored()::feedsThatWork, count * 5L);
            var once = bench.spent();
            // Java has compiled what a poll needs, and what the first look leaves behind is over.
            Thread.sleep(Duration.ofMinutes(2));
            if (!caughtUp(graph, count)) {
                out.printf("%d tenants still catch up after %s: the row is not of rest%n", count, LONGEST_CATCHING_UP);
            }
            var collections = bench.heap().after().size();
            var before = graph.requests();
            bench.begin();
            Thread.sleep(Duration.ofMinutes(3));
            var spent = bench.spent();
            var requests = graph.requests() - before;
            out.printf(
                    Locale.ROOT,
                    "%8d %14.1f %12d %16.2f %16.2f %12.3f %10d %10d%n",
                    count,
                    once.wall(),
                    requests,
                    1_000 * spent.own() / requests,
                    1_000 * spent.database() / requests,
                    spent.sum() / spent.wall(),
                    bench.state().megabytes(),
                    bench.heap().leastLeftSince(collections));
            out.flush();
        }
    }

    /**
     * Waits until no more than three requests a minute are made for a tenant: each feed of a new tenant has a history to read first.
     *
     * @return whether that came within {@link #LONGEST_CATCHING_UP}
     */
    private static boolean caughtUp(StartedGraph graph, int tenants) throws IOException, InterruptedException {
        var end = System.nanoTime() + LONGEST_CATCHING_UP.toNanos();
        while (System.nanoTime() < end) {
            var before = graph.requests();
            Thread.sleep(Duration.ofMinutes(1));
            if (graph.requests() - before <= 3L * tenants * 11 / 10) {
                return true;
            }
        }
        return false;
    }

    private void backlog(PrintWriter out) throws IOException, InterruptedException, SQLException {
        out.printf(
                "%n%10s %10s %16s %16s %18s %12s %12s %12s %10s%n",
                "stored",
                "after s",
                "own us/alert",
                "db us/alert",
                "alerts/CPU-second",
                "left MB",
                "used MB",
                "memory MB",
                "files MB");
        try (var graph = StartedGraph.start(1, alerts, Duration.ZERO);
                var bench = new CollectingWorkbench(scratch, graph, ofJava, List.of())) {
            bench.begin();
            bench.connect(1);
            var begin = System.nanoTime();
            var stored = 0L;
            var collections = 0;
            for (var step : STEPS) {
                if (step > alerts) {
                    break;
                }
                Wait.until(bench.stored()::vendorAlerts, step);
                var spent = bench.spent();
                bench.begin();
                var now = bench.stored().vendorAlerts();
                var here = now - stored;
                stored = now;
                out.printf(
                        Locale.ROOT,
                        "%10d %10.0f %16.0f %16.0f %18.0f %12d %12d %12d %10d%n",
                        now,
                        (System.nanoTime() - begin) / 1e9,
                        1e6 * spent.own() / here,
                        1e6 * spent.database() / here,
                        here / spent.sum(),
                        bench.heap().mostLeftSince(collections),
                        bench.heap().most(),
                        bench.state().megabytes(),
                        bench.stored().state().megabytes());
                collections = bench.heap().after().size();
                out.flush();
            }
            Wait.until(() -> -bench.stored().undecided(), 0);
            var rest = bench.spent();
            out.printf(
                    Locale.ROOT,
                    "All rules have decided after %.0f s, with own %.1f s and database %.1f s more%n",
                    (System.nanoTime() - begin) / 1e9,
                    rest.own(),
                    rest.database());
            out.flush();
        }
    }
}
