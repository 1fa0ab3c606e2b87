package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A Workbench with a database of its own, and the pretend Graph that it reads. */
final class CollectingWorkbench implements AutoCloseable {

    /** Two lists each 60 s and three tables each 180 s are three requests a minute of each tenant. */
    static final List<String> THREE_REQUESTS_A_MINUTE =
            List.of("--gatehouse.poll.hunting-interval=180s", "--gatehouse.poll.first-look-back=1d");

    private static final int IN_A_REQUEST = 250;

    private final Path data;
    private final StartedGraph graph;
    private final StartedWorkbench workbench;
    private final StoredRecords stored;
    private Duration own = Duration.ZERO;
    private Duration database = Duration.ZERO;
    private Duration ofGraph = Duration.ZERO;
    private long began;

    /**
     * Starts a Workbench on an empty database.
     *
     * @param scratch where its data directory is made, which goes away with it
     * @param ofJava what its Java is told
     * @param settings besides those by which nothing but what is measured is due
     */
    CollectingWorkbench(Path scratch, StartedGraph graph, List<String> ofJava, List<String> settings)
            throws IOException, SQLException {
        this.data = Files.createTempDirectory(scratch, "gatehouse-bench");
        // The database's own user has to get in.
        data.toFile().setExecutable(true, false);
        this.graph = graph;
        var all = new ArrayList<>(List.of(
                "--gatehouse.clouds.canned.authority=" + graph.address(),
                "--gatehouse.clouds.canned.graph=" + graph.address(),
                "--gatehouse.usual-cloud=canned",
                "--gatehouse.budget.requests-per-minute=10000",
                "--gatehouse.replay.requests-per-minute=10000",
                "--gatehouse.reconcile.first-after=30d",
                "--gatehouse.reconcile.again-after=30d"));
        all.addAll(settings);
        var java = new ArrayList<>(ofJava);
        java.add("-Xlog:gc:file=" + gcLog());
        this.workbench = StartedWorkbench.start(home(), data, java, all);
        this.stored = StoredRecords.of(data);
        begin();
    }

    /** The top of the repository. */
    static Path home() {
        return Path.of(System.getProperty("gatehouse.home", "")).toAbsolutePath();
    }

    private Path gcLog() {
        return data.resolve("gc.log");
    }

    /** Counts from now on. */
    void begin() throws IOException {
        own = ProcessTime.of(workbench.pid());
        database = stored.processorTime();
        ofGraph = graph.processorTime();
        began = System.nanoTime();
    }

    /** What was used since {@link #begin}. */
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
        try (var program = Visitor.program(address(), token)) {
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

    URI address() {
        return workbench.address();
    }

    /** Somebody who looks at all organizations. */
    Visitor administrator() throws IOException, InterruptedException {
        var said = Files.readAllLines(data.resolve("first-administrator"));
        return Visitor.person(address(), after("e-mail: ", said), after("password: ", said));
    }

    private static String after(String name, List<String> lines) throws IOException {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("The first administrator has no %s".formatted(name)));
    }

    /** The most memory that the process has ever had. */
    long peakMegabytes() throws IOException {
        return ProcessTime.peakMegabytes(workbench.pid());
    }

    /** What the process is like now. */
    ProcessTime.State state() throws IOException {
        return ProcessTime.state(workbench.pid());
    }

    /** What its heap has held so far. */
    HeapLog heap() throws IOException {
        return HeapLog.read(gcLog());
    }

    @Override
    public void close() throws SQLException, IOException {
        stored.close();
        workbench.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(CollectingWorkbench::delete);
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
