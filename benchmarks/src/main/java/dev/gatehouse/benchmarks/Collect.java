package dev.gatehouse.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has Workbenches of its own collect from a pretend Graph that costs little, and prints what that takes. */
@Command(
        name = "collect",
        description = "What collecting takes: a backlog, polls that bring nothing, a burst, many tenants, and a start.",
        mixinStandardHelpOptions = true)
final class Collect implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int MANY = 2_000;
    private static final int SOME = 500;
    private static final int IN_A_REQUEST = 250;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec command;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ROW",
            description = "Some of backlog, idle, burst, many, import and start (default: all).")
    private Set<String> only = Set.of("backlog", "idle", "burst", "many", "import", "start");

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
                backlog(out, round);
                library(out, round);
            }
        }
        if (only.contains("idle")) {
            idle(out);
        }
        if (only.contains("burst")) {
            burst(out);
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
                ? home().resolve("benchmarks").resolve("results").resolve("collect.csv")
                : results;
        report(out, file);
        return 0;
    }

    private static Path home() {
        return Path.of(System.getProperty("gatehouse.home", "")).toAbsolutePath();
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

    /** What was used between two moments. */
    private record Spent(double own, double database, double graph, double wall) {

        double sum() {
            return own + database;
        }
    }

    /** A Workbench with its database and the Graph that it reads. */
    private static final class Bench implements AutoCloseable {

        private final Path data;
        private final StartedGraph graph;
        private final StartedWorkbench workbench;
        private final StoredRecords stored;
        private Duration own = Duration.ZERO;
        private Duration database = Duration.ZERO;
        private Duration ofGraph = Duration.ZERO;
        private long began;

        Bench(Path scratch, StartedGraph graph, List<String> ofJava, List<String> settings)
                throws IOException, SQLException {
            this.data = Files.createTempDirectory(scratch, "gatehouse-bench");
            // The database's own user has to get in.
            data.toFile().setExecutable(true, false);
            this.graph = graph;
            var all = new ArrayList<>(List.of(
                    "--gatehouse.clouds.canned.authority=" + graph.address(),
                    "--gatehouse.clouds.canned.graph=" + graph.address(),
                    "--gatehouse.usual-cloud=canned"));
            all.addAll(settings);
            this.workbench = StartedWorkbench.start(home(), data, ofJava, all);
            this.stored = StoredRecords.of(data);
            begin();
        }

        void begin() throws IOException {
            own = ProcessTime.of(workbench.pid());
            database = stored.processorTime();
            ofGraph = graph.processorTime();
            began = System.nanoTime();
        }

        Spent spent() throws IOException {
            return new Spent(
                    seconds(ProcessTime.of(workbench.pid()).minus(own)),
                    seconds(stored.processorTime().minus(database)),
                    seconds(graph.processorTime().minus(ofGraph)),
                    (System.nanoTime() - began) / 1e9);
        }

        private static double seconds(Duration duration) {
            return duration.toNanos() / 1e9;
        }

        /** Connects tenants; says after how many seconds. */
        double connect(int tenants) throws IOException, InterruptedException {
            var token = Files.readString(data.resolve("api-token")).strip();
            var begin = System.nanoTime();
            try (var program = Visitor.program(workbench.address(), token)) {
                for (var first = 0; first < tenants; first += IN_A_REQUEST) {
                    var devices = new ArrayList<String>();
                    for (var number = first; number < Math.min(tenants, first + IN_A_REQUEST); number++) {
                        devices.add("""
                                {"name":"Device %1$d","location":"cloud","directory_id":"%2$s","application_id":"%3$s",\
                                "client_secret":"abc8Q~canned.secret.of.a.pretend.app"}\
                                """.formatted(number, CannedTenant.id(number), UUID.randomUUID()));
                    }
                    var results = program.post(
                            "/api/v2/security_device_imports",
                            "{\"data\":{\"type\":\"security_device_imports\",\"attributes\":{\"devices\":[%s]}}}"
                                    .formatted(String.join(",", devices)));
                    if (results.contains("\"failed\"")) {
                        throw new IOException("Devices were not taken: " + results);
                    }
                }
            }
            return (System.nanoTime() - begin) / 1e9;
        }

        StoredRecords stored() {
            return stored;
        }

        long peakMegabytes() throws IOException {
            return ProcessTime.peakMegabytes(workbench.pid());
        }

        @Override
        public void close() throws SQLException, IOException {
            stored.close();
            workbench.close();
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder()).forEach(Bench::delete);
            }
        }

        private static void delete(Path file) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What is counted until it is enough. */
    private interface Count {

        long now() throws SQLException;
    }

    private static void await(Count count, long enough) throws SQLException, InterruptedException, IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (var now = count.now(); now < enough; now = count.now()) {
            if (System.nanoTime() > end) {
                throw new IOException("After %s it was %d of %d".formatted(PATIENCE, now, enough));
            }
            Thread.sleep(200);
        }
    }

    /** Nothing but the row that is measured is to be due. */
    private static List<String> settings(String... more) {
        var settings = new ArrayList<>(List.of(
                "--gatehouse.budget.requests-per-minute=10000",
                "--gatehouse.replay.requests-per-minute=10000",
                "--gatehouse.reconcile.first-after=30d",
                "--gatehouse.reconcile.again-after=30d"));
        settings.addAll(List.of(more));
        return settings;
    }

    private void backlog(PrintWriter out, int round) throws IOException, InterruptedException, SQLException {
        try (var graph = StartedGraph.start(1, alerts, Duration.ZERO);
                var bench = new Bench(scratch, graph, ofJava, settings())) {
            bench.begin();
            bench.connect(1);
            await(bench.stored()::vendorAlerts, alerts);
            var spent = bench.spent();
            await(() -> -bench.stored().undecided(), 0);
            var decided = bench.spent();
            out.printf(
                    Locale.ROOT,
                    "backlog of %d, round %d: own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %d MB; until all rules have decided own %.1f s, database %.1f s, wall %.1f s%n",
                    alerts,
                    round,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    spent.wall(),
                    bench.peakMegabytes(),
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
        }
    }

    private void library(PrintWriter out, int round) throws IOException, InterruptedException, SQLException {
        try (var graph = StartedGraph.start(1, alerts, Duration.ZERO);
                var bench = new Bench(scratch, graph, ofJava, settings())) {
            bench.begin();
            var process = StartedGraph.java(List.of(
                    LibraryPeer.class.getName(),
                    graph.address().toString(),
                    bench.stored().url(),
                    bench.stored().password()));
            var said = "";
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    said = line;
                }
            }
            process.waitFor();
            var spent = bench.spent();
            if (!said.startsWith("stored " + alerts + " ")) {
                throw new IOException("Microsoft's library did not read all: " + said);
            }
            var words = List.of(said.split(" ", -1));
            var own = Long.parseLong(words.get(2)) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "Microsoft's library, round %d: own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %s MB%n",
                    round,
                    own,
                    spent.database(),
                    spent.graph(),
                    spent.wall(),
                    words.get(3));
            note(
                    out,
                    Measured.high(
                            "the same by Microsoft's library into jsonb, round " + round,
                            alerts / (own + spent.database()),
                            "alerts"));
        }
    }

    private void idle(PrintWriter out) throws IOException, InterruptedException, SQLException {
        var interval = Duration.ofSeconds(10);
        try (var graph = StartedGraph.start(SOME, 0, Duration.ZERO);
                var bench = new Bench(
                        scratch,
                        graph,
                        ofJava,
                        settings(
                                "--gatehouse.poll.interval=" + interval.toSeconds() + "s",
                                "--gatehouse.poll.first-look-back=1d"))) {
            bench.connect(SOME);
            await(bench.stored()::feedsThatWork, SOME * 5L);
            Thread.sleep(Duration.ofSeconds(75));
            var before = graph.requests();
            bench.begin();
            Thread.sleep(Duration.ofSeconds(60));
            var spent = bench.spent();
            var requests = graph.requests() - before;
            out.printf(
                    Locale.ROOT,
                    "idle, %d tenants each %d s: %d requests, own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %d MB%n",
                    SOME,
                    interval.toSeconds(),
                    requests,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    spent.wall(),
                    bench.peakMegabytes());
            note(out, Measured.low("idle, CPU a request", 1_000 * spent.sum() / requests, "ms"));
            note(out, Measured.low("idle, CPU of the process a request", 1_000 * spent.own() / requests, "ms"));
            note(out, Measured.low("idle, CPU of the database a request", 1_000 * spent.database() / requests, "ms"));
        }
    }

    private void burst(PrintWriter out) throws IOException, InterruptedException, SQLException {
        var interval = Duration.ofSeconds(10);
        var each = 20;
        try (var graph = StartedGraph.start(SOME, 0, Duration.ofMillis(100));
                var bench = new Bench(
                        scratch,
                        graph,
                        ofJava,
                        settings(
                                "--gatehouse.poll.interval=" + interval.toSeconds() + "s",
                                "--gatehouse.poll.first-look-back=1d"))) {
            bench.connect(SOME);
            await(bench.stored()::feedsThatWork, SOME * 5L);
            Thread.sleep(Duration.ofSeconds(60));
            var released = graph.release(each);
            Thread.sleep(Duration.between(Instant.now(), released).plusMillis(1));
            bench.begin();
            await(bench.stored()::vendorAlerts, (long) SOME * each);
            var spent = bench.spent();
            out.printf(
                    Locale.ROOT,
                    "burst, %d tenants of %d: own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %d MB; median %.1f s%n",
                    SOME,
                    each,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    spent.wall(),
                    bench.peakMegabytes(),
                    bench.stored().lags(released).getFirst());
            note(out, Measured.low("burst, all stored beyond the interval", spent.wall() - interval.toSeconds(), "s"));
        }
    }

    private void many(PrintWriter out) throws IOException, InterruptedException, SQLException {
        var interval = Duration.ofSeconds(60);
        var java = new ArrayList<>(ofJava);
        java.addAll(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
        try (var graph = StartedGraph.start(MANY, 0, Duration.ofMillis(100));
                var bench = new Bench(
                        scratch,
                        graph,
                        java,
                        // Two lists each 60 s and three tables each 180 s are three requests a minute.
                        settings("--gatehouse.poll.hunting-interval=180s", "--gatehouse.poll.first-look-back=1d"))) {
            bench.connect(MANY);
            var begin = System.nanoTime();
            await(bench.stored()::feedsThatWork, MANY * 5L);
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
                    "many, %d tenants in 512 MB of heap, %d min: %d requests, own %.1f s, database %.1f s, Graph %.1f s, %d MB; %d of %d alerts; lag %.1f, %.1f, %.1f s%n",
                    MANY,
                    minutes,
                    requests,
                    spent.own(),
                    spent.database(),
                    spent.graph(),
                    bench.peakMegabytes(),
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
                var bench = new Bench(scratch, graph, ofJava, settings())) {
            note(out, Measured.low("import of 500 devices", bench.connect(SOME), "s"));
        }
    }

    private void start(PrintWriter out) throws IOException, InterruptedException {
        var data = Files.createTempDirectory(scratch, "gatehouse-bench");
        data.toFile().setExecutable(true, false);
        for (var time = 0; time < 4; time++) {
            var begin = System.nanoTime();
            var process = new ProcessBuilder(
                            home().resolve("gatehouse").toString(),
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
