package dev.gatehouse.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Something else that reads the same backlog into a database of the same kind, in a process of its own whose start counts.
 *
 * @param alerts how many it stored
 * @param own processor time of its process, in seconds
 * @param spent what its database and the pretend Graph took meanwhile; its {@code own} is that of a Workbench that does nothing
 * @param megabytes of memory that the process had at most
 * @param allocated MB of the heap, all together
 */
record Peer(int alerts, double own, Spent spent, long megabytes, long allocated) {

    private static final String STORED = "stored ";

    /** Says at the end of such a process what it has taken, for {@link #run}. */
    static void report(int stored) throws IOException {
        var nanos = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
        var allocated = ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getTotalThreadAllocatedBytes();
        System.out.println(STORED
                + "%d %d %d %d"
                        .formatted(
                                stored,
                                nanos,
                                ProcessTime.peakMegabytes(
                                        ProcessHandle.current().pid()),
                                allocated / 1_048_576));
    }

    /**
     * Has it read a backlog of one tenant.
     *
     * @param program its main class, which takes the address of the pretend Graph and address and password of a database
     * @throws IOException when it did not read all
     */
    static Peer run(Class<?> program, int alerts, Path scratch, List<String> ofJava)
            throws IOException, InterruptedException, SQLException {
        try (var graph = StartedGraph.start(1, alerts, Duration.ZERO);
                var bench = new CollectingWorkbench(scratch, graph, ofJava, List.of())) {
            bench.begin();
            var process = StartedGraph.java(List.of(
                    program.getName(),
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
            if (!said.startsWith(STORED + alerts + " ")) {
                throw new IOException("%s did not read all: %s".formatted(program.getSimpleName(), said));
            }
            var words = List.of(said.split(" ", -1));
            return new Peer(
                    alerts,
                    Long.parseLong(words.get(2)) / 1e9,
                    spent,
                    Long.parseLong(words.get(3)),
                    Long.parseLong(words.get(4)));
        }
    }

    double perSecond() {
        return alerts / (own + spent.database());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "own %.1f s, database %.1f s, Graph %.1f s, wall %.1f s, %d MB at most, %d MB allocated",
                own,
                spent.database(),
                spent.graph(),
                spent.wall(),
                megabytes,
                allocated);
    }
}
