package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has Workbenches of its own collect from a pretend Graph that costs little, and prints what that takes. */
@Command(
        name = "collect",
        description =
                "What collecting takes: a backlog, polls that bring nothing, a burst, the way to an open page, many tenants, and a start.",
        mixinStandardHelpOptions = true)
final class Collect implements Callable<Integer> {

    private static final int MANY = 2_000;
    private static final int SOME = 500;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec command;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ROW",
            description = "Some of backlog, idle, burst, page, many, import and start (default: all).")
    private Set<String> only = Set.of("backlog", "idle", "burst", "page", "many", "import", "start");

    @Option(names = "--alerts", paramLabel = "N", description = "How many the backlog has (default: 100000).")
    private int alerts = 100_000;

    @Option(names = "--rounds", paramLabel = "N", description = "How often the backlog is read by each (default: 2).")
    private int rounds = 2;

    @Option(names = "--minutes", paramLabel = "N", description = "How long many tenants are read (default: 5).")
    private int minutes = 5;

    @Option(
            names = "--java",
            split = ",",
            paramLabel = "FLAG",
            description = "What the Workbench's Java is told besides.")
    private List<String> ofJava = List.of();

    @Option(names = "--scratch", paramLabel = "DIRECTORY", description = "Where databases are made (default: /tmp).")
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

    @Option(names = "--results", paramLabel = "FILE", description = "What to compare with.")
    private @Nullable Path results;

    @Option(names = "--write", description = "Put what was measured in its place.")
    private boolean write;

    private final List<Measured> measured = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var out = command.commandLine().getOut();
        out.printf(
                "%s, %d processors, Java %s, alerts of %d bytes%n%n",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                CannedAlert.BYTES);
        if (only.contains("backlog")) {
            for (var round = 1; round <= rounds; round++) {
                peers(out, round, backlog(out, round));
            }
        }
        if (only.contains("idle")) {
            idle(out);
        }
        if (only.contains("burst")) {
            burst(out);
        }
        if (only.contains("page")) {
            page(out);
        }
        if (only.contains("many")) {
            many(out);
        }
        if (only.contains("import")) {
            imported(out);
        }
        if (only.contains("start")) {
            start(out);
        }
        var file = results == null
                ? CollectingWorkbench.home()
                        .resolve("benchmarks")
                        .resolve("results")
                        .resolve("collect.csv")
                : results;
        report(out, file);
        return 0;
    }

    private void report(PrintWriter out, Path file) throws IOException {
        var before = Measured.read(file);
        out.printf("%n%-64s %12s %12s%n", "", "before", "now");
        for (var each : measured) {
            var known = before.get(each.what());
            out.printf(
                    Locale.ROOT,
                    "%-64s %12s %12.3f %s%s%n",
                    each.what(),
                    known == null ? "" : String.format(Locale.ROOT, "%.3f", known.value()),
                    each.value(),
                    each.unit(),
                    known != null && each.isMuchWorseThan(known) ? "   worse by a fifth or more" : "");
        }
        out.flush();
        if (write) {
            Measured.write(file, measured);
        }
    }

    private void note(PrintWriter out, Measured figure) {
        measured.add(figure);
        out.printf(Locale.ROOT, "%-64s %12.3f %s%n", figure.what(), figure.value(), figure.unit());
        out.flush();
    }

    /** Tenants whose lists are read that often, and that have no history. */
    private static List<String> each(Duration interval) {
        return List.of(
                "--gatehouse.poll.interval=" + interval.toSeconds() + "s", "--gatehouse.poll.first-look-back=1d");
    }

    /** How many alerts a second of the processors, until all are stored. */
    private double backlog(PrintWriter out, int round) throws IOException, InterruptedException, SQLException {
        try (var graph = StartedGraph.start(1, alerts, Duration.ZERO);
                var bench = new CollectingWorkbench(scratch, graph, ofJava, List.of())) {
            bench.begin();
            bench.connect(1);
            Wait.until(bench.stored()::vendorAlerts, alerts);
            var spent = bench.spent();
            Wait.until(() -> -bench.stored().undecided(), 0);
            var decided = bench.spent();
            out.printf(
                    Locale.ROOT,
                    "backlog of %d, round %d: own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %d MB at most, %d MB allocated; until all rules have decided own %.1f s, database %.1f s, wall %.1f s%n",
                    alerts,
                    round,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    spent.wall(),
                    bench.peakMegabytes(),
                    bench.heap().allocated(),
                    decided.own(),
                    decided.database(),
                    decided.wall());
            note(out, Measured.high("backlog, alerts a CPU-second, round " + round, alerts / spent.sum(), "alerts"));
            note(
                    out,
                    Measured.high(
                            "backlog and all rules, alerts a CPU-second, round " + round,
                            alerts / decided.sum(),
                            "alerts"));
            return alerts / spent.sum();
        }
    }

    private void peers(PrintWriter out, int round, double ours) throws IOException, InterruptedException, SQLException {
        var library = Peer.run(LibraryPeer.class, alerts, scratch, ofJava);
        out.printf("Microsoft's library, round %d: %s%n", round, library);
        var ceiling = Peer.run(Ceiling.class, alerts, scratch, ofJava);
        out.printf("ceiling, round %d: %s%n", round, ceiling);
        note(
                out,
                Measured.high(
                        "the same by Microsoft's library into jsonb, round " + round, library.perSecond(), "alerts"));
        note(
                out,
                Measured.high(
                        "the same only looked through, into jsonb (ceiling), round " + round,
                        ceiling.perSecond(),
                        "alerts"));
        note(
                out,
                Measured.high(
                        "backlog against Microsoft's library, round " + round, ours / library.perSecond(), "times"));
        note(out, Measured.high("backlog against the ceiling, round " + round, ours / ceiling.perSecond(), "times"));
    }

    private void idle(PrintWriter out) throws IOException, InterruptedException, SQLException {
        var interval = Duration.ofSeconds(10);
        try (var graph = StartedGraph.start(SOME, 0, Duration.ZERO);
                var bench = new CollectingWorkbench(scratch, graph, ofJava, each(interval))) {
            bench.connect(SOME);
            Wait.until(bench.stored()::feedsThatWork, SOME * 5L);
            Thread.sleep(Duration.ofSeconds(75));
            var before = graph.requests();
            bench.begin();
            Thread.sleep(Duration.ofSeconds(60));
            var spent = bench.spent();
            var requests = graph.requests() - before;
            out.printf(
                    Locale.ROOT,
                    "idle, %d tenants each %d s: %d requests, own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %d MB at most, %d MB allocated%n",
                    SOME,
                    interval.toSeconds(),
                    requests,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    spent.wall(),
                    bench.peakMegabytes(),
                    bench.heap().allocated());
            note(out, Measured.low("idle, CPU a request", 1_000 * spent.sum() / requests, "ms"));
            note(out, Measured.low("idle, CPU of the process a request", 1_000 * spent.own() / requests, "ms"));
            note(out, Measured.low("idle, CPU of the database a request", 1_000 * spent.database() / requests, "ms"));
        }
    }

    private void burst(PrintWriter out) throws IOException, InterruptedException, SQLException {
        var interval = Duration.ofSeconds(10);
        var each = 20;
        try (var graph = StartedGraph.start(SOME, 0, Duration.ofMillis(100));
                var bench = new CollectingWorkbench(scratch, graph, ofJava, each(interval))) {
            bench.connect(SOME);
            Wait.until(bench.stored()::feedsThatWork, SOME * 5L);
            Thread.sleep(Duration.ofSeconds(60));
            var released = graph.release(each);
            Thread.sleep(Duration.between(Instant.now(), released).plusMillis(1));
            bench.begin();
            Wait.until(bench.stored()::vendorAlerts, (long) SOME * each);
            var spent = bench.spent();
            out.printf(
                    Locale.ROOT,
                    "burst, %d tenants of %d: own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %d MB at most, %d MB allocated; median %.1f s%n",
                    SOME,
                    each,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    spent.wall(),
                    bench.peakMegabytes(),
                    bench.heap().allocated(),
                    bench.stored().lags(released).getFirst());
            note(out, Measured.low("burst, all stored beyond the interval", spent.wall() - interval.toSeconds(), "s"));
        }
    }

    private void page(PrintWriter out) throws IOException, InterruptedException, SQLException {
        var interval = Duration.ofSeconds(10);
        try (var graph = StartedGraph.start(SOME, 0, Duration.ofMillis(100));
                var bench = new CollectingWorkbench(scratch, graph, ofJava, each(interval))) {
            bench.connect(SOME);
            Wait.until(bench.stored()::feedsThatWork, SOME * 5L);
            Thread.sleep(Duration.ofSeconds(30));
            try (var person = bench.administrator();
                    var list = new OpenListPage(person, "/alerts?status=all&sort=newest", "alert-list", "alerts")) {
                graph.trickle(10);
                // Java compiles what a page needs.
                Thread.sleep(Duration.ofSeconds(60));
                var since = Instant.now();
                bench.begin();
                Thread.sleep(Duration.ofMinutes(2));
                graph.trickle(0);
                var spent = bench.spent();
                Thread.sleep(interval.plusSeconds(10));
                var seen = list.seen();
                var made = bench.stored().madeAt(since);
                // One that was there before has been joined.
                var lags = made.entrySet().stream()
                        .map(alert ->
                                Duration.between(alert.getValue(), seen.getOrDefault(alert.getKey(), Instant.EPOCH)))
                        .filter(Duration::isPositive)
                        .map(lag -> lag.toMillis() / 1e3)
                        .sorted()
                        .toList();
                var missing = made.keySet().stream()
                        .filter(alert -> !seen.containsKey(alert))
                        .count();
                var most = lags.get((int) Math.ceil(0.99 * lags.size()) - 1);
                out.printf(
                        Locale.ROOT,
                        "open page, %d tenants each %d s, %d alerts: on the page after %.1f s in the middle, %.1f s of 99 in 100, %.1f s at most; %d never; own %.1f s, database %.1f s%n",
                        SOME,
                        interval.toSeconds(),
                        lags.size(),
                        lags.get(lags.size() / 2),
                        most,
                        lags.getLast(),
                        missing,
                        spent.own(),
                        spent.database());
                note(out, Measured.low("open page, 99 in 100 beyond the interval", most - interval.toSeconds(), "s"));
                note(out, Measured.low("open page, alerts that never came", (double) missing, "alerts"));
            }
        }
    }

    private void many(PrintWriter out) throws IOException, InterruptedException, SQLException {
        var interval = Duration.ofSeconds(60);
        var java = new ArrayList<>(ofJava);
        java.addAll(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
        try (var graph = StartedGraph.start(MANY, 0, Duration.ofMillis(100));
                var bench =
                        new CollectingWorkbench(scratch, graph, java, CollectingWorkbench.THREE_REQUESTS_A_MINUTE)) {
            bench.connect(MANY);
            var begin = System.nanoTime();
            Wait.until(bench.stored()::feedsThatWork, MANY * 5L);
            out.printf(Locale.ROOT, "many: all read once after %.0f s%n", (System.nanoTime() - begin) / 1e9);
            Thread.sleep(Duration.ofSeconds(90));
            var since = Instant.now();
            var before = graph.requests();
            bench.begin();
            graph.trickle(20);
            Thread.sleep(Duration.ofMinutes(minutes));
            graph.trickle(0);
            var spent = bench.spent();
            var requests = graph.requests() - before;
            Thread.sleep(interval.plusSeconds(30));
            var made = graph.trickle(0);
            var lags = bench.stored().lags(since);
            out.printf(
                    Locale.ROOT,
                    "many, %d tenants in 512 MB of heap, %d min: %d requests, own %.1f s, database %.1f s, Graph %.1f s, %d MB at most, %d MB allocated; %d of %d alerts; lag %.1f, %.1f, %.1f s%n",
                    MANY,
                    minutes,
                    requests,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    bench.peakMegabytes(),
                    bench.heap().allocated(),
                    bench.stored().vendorAlerts(),
                    made,
                    lags.get(0),
                    lags.get(1),
                    lags.get(2));
            note(
                    out,
                    Measured.low(
                            "many, alerts missing",
                            (double) made - bench.stored().vendorAlerts(),
                            "alerts"));
            note(out, Measured.low("many, lag of 99 in 100 beyond the interval", lags.get(1) - 60, "s"));
            note(out, Measured.low("many, processors used", spent.sum() / spent.wall(), "processors"));
            note(out, Measured.low("many, memory of the process", (double) bench.peakMegabytes(), "MB"));
        }
    }

    private void imported(PrintWriter out) throws IOException, InterruptedException, SQLException {
        try (var graph = StartedGraph.start(SOME, 0, Duration.ZERO);
                var bench = new CollectingWorkbench(scratch, graph, ofJava, List.of())) {
            note(out, Measured.low("import of 500 devices", bench.connect(SOME), "s"));
        }
    }

    private void start(PrintWriter out) throws IOException, InterruptedException {
        var data = Files.createTempDirectory(scratch, "gatehouse-bench");
        data.toFile().setExecutable(true, false);
        for (var time = 0; time < 4; time++) {
            var begin = System.nanoTime();
            var process = new ProcessBuilder(
                            CollectingWorkbench.home().resolve("gatehouse").toString(),
                            "serve",
                            "--data-directory=" + data,
                            "--gatehouse.server.port=0")
                    .redirectErrorStream(true)
                    .start();
            try (var workbench = StartedWorkbench.ready(process);
                    var visitor = Visitor.program(workbench.address(), "none")) {
                var ready = (System.nanoTime() - begin) / 1e9;
                visitor.ask("/login");
                var page = (System.nanoTime() - begin) / 1e9;
                var cpu = ProcessTime.of(process.pid()).toMillis() / 1e3;
                out.printf(
                        Locale.ROOT,
                        "start %d: ready after %.2f s, first page after %.2f s, %.1f CPU-s, %d MB%n",
                        time,
                        ready,
                        page,
                        cpu,
                        ProcessTime.peakMegabytes(process.pid()));
                out.flush();
                if (time == 3) {
                    note(out, Measured.low("start to the first page, warm", page, "s"));
                    note(out, Measured.low("start, CPU", cpu, "s"));
                    note(out, Measured.low("start, memory", (double) ProcessTime.peakMegabytes(process.pid()), "MB"));
                }
            }
        }
    }
}
