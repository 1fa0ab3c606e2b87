package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a Workbench collect for long, and prints each minute what could grow: memory, threads, connections, dead rows. */
@Command(
        name = "soak",
        description = "What grows while many tenants are read for long.",
        mixinStandardHelpOptions = true)
final class Soak implements Callable<Integer> {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec command;

    @Option(names = "--tenants", paramLabel = "N", description = "How many (default: 2000).")
    private int tenants = 2_000;

    @Option(names = "--minutes", paramLabel = "N", description = "How long (default: 30).")
    private int minutes = 30;

    @Option(names = "--alerts", paramLabel = "N", description = "How many new ones a second, in tens (default: 20).")
    private int alerts = 20;

    @Option(names = "--heap", paramLabel = "SIZE", description = "The Workbench's largest heap (default: 512m).")
    private String heap = "512m";

    @Option(names = "--scratch", paramLabel = "DIRECTORY", description = "Where databases are made (default: /tmp).")
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

    private static long middle(List<Minute> minutes, ToLongFunction<Minute> number) {
        return minutes.stream()
                .mapToLong(number)
                .sorted()
                .skip(minutes.size() / 2)
                .findFirst()
                .orElse(0);
    }

    /** What a minute showed. */
    private record Minute(ProcessTime.State process, int heapInUse, StoredRecords.State database, Spent spent) {}

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var out = command.commandLine().getOut();
        try (var graph = StartedGraph.start(tenants, 0, Duration.ofMillis(100));
                var bench = new CollectingWorkbench(
                        scratch,
                        graph,
                        List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"),
                        CollectingWorkbench.THREE_REQUESTS_A_MINUTE)) {
            bench.connect(tenants);
            Wait.until(bench.stored()::feedsThatWork, tenants * 5L);
            Thread.sleep(MINUTE);
            var since = Instant.now();
            graph.trickle(alerts);
            out.printf(
                    "%d tenants, three requests a minute each, %d new alerts a second, heap of %s%n%n",
                    tenants, alerts, heap);
            out.printf(
                    "%6s %10s %10s %10s %8s %12s %10s %12s %12s %8s%n",
                    "minute",
                    "memory MB",
                    "in use MB",
                    "processors",
                    "threads",
                    "connections",
                    "files MB",
                    "live rows",
                    "dead rows",
                    "vacuums");
            var all = new ArrayList<Minute>();
            for (var minute = 1; minute <= minutes; minute++) {
                var collections = bench.heap().after().size();
                bench.begin();
                Thread.sleep(MINUTE);
                var one = new Minute(
                        bench.state(),
                        bench.heap().leastLeftSince(collections),
                        bench.stored().state(),
                        bench.spent());
                all.add(one);
                out.printf(
                        Locale.ROOT,
                        "%6d %10d %10d %10.2f %8d %12d %10d %12d %12d %8d%n",
                        minute,
                        one.process().megabytes(),
                        one.heapInUse(),
                        one.spent().sum() / one.spent().wall(),
                        one.process().threads(),
                        one.database().connections(),
                        one.database().megabytes(),
                        one.database().live(),
                        one.database().dead(),
                        one.database().vacuums());
                out.flush();
            }
            var third = Math.max(1, minutes / 3);
            out.printf(
                    Locale.ROOT,
                    "%nIn use in the middle of the first third %d MB, of the last %d MB; memory %d and %d MB; connections at most %d; dead rows at most %d%n",
                    middle(all.subList(0, third), Minute::heapInUse),
                    middle(all.subList(minutes - third, minutes), Minute::heapInUse),
                    middle(all.subList(0, third), minute -> minute.process().megabytes()),
                    middle(all.subList(minutes - third, minutes), minute -> minute.process()
                            .megabytes()),
                    all.stream()
                            .mapToLong(minute -> minute.database().connections())
                            .max()
                            .orElse(0),
                    all.stream()
                            .mapToLong(minute -> minute.database().dead())
                            .max()
                            .orElse(0));
            var made = graph.trickle(0);
            Thread.sleep(MINUTE.multipliedBy(2));
            var lags = bench.stored().lags(since);
            out.printf(
                    Locale.ROOT,
                    "%n%d of %d alerts stored; %.1f s after they were made in the middle, %.1f s of 99 in 100, %.1f s at most%n",
                    bench.stored().vendorAlerts(),
                    made,
                    lags.get(0),
                    lags.get(1),
                    lags.get(2));
            out.flush();
        }
        return 0;
    }
}
