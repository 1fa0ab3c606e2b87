package dev.gatehouse.workbench.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server processes that an earlier Gatehouse left behind in a cluster's folder, which {@code --pdeathsig} normally
 * prevents. Since we hold the data directory, nobody else can want them.
 */
final class Orphan {

    private static final Logger log = LoggerFactory.getLogger(Orphan.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path cluster;

    Orphan(Path cluster) {
        this.cluster = cluster;
    }

    /**
     * Ends what still works in the cluster's folder, and removes a lock file whose process number now belongs to a
     * program that has nothing to do with it, as happens after a restart of a container.
     */
    void remove() throws IOException, InterruptedException {
        var left = processesInCluster();
        if (!left.isEmpty()) {
            log.warn("Stopping a database server that an earlier run left behind in {}", cluster);
            for (var signal : List.of("INT", "QUIT", "KILL")) {
                signal(signal, left);
                if (haveEnded()) {
                    break;
                }
            }
        }
        if (lockedBy().flatMap(ProcessHandle::of).isPresent()) {
            Files.deleteIfExists(lockFile());
        }
    }

    private Path lockFile() {
        return cluster.resolve("postmaster.pid");
    }

    private Optional<Long> lockedBy() throws IOException {
        if (!Files.exists(lockFile())) {
            return Optional.empty();
        }
        return Files.readAllLines(lockFile()).stream()
                .findFirst()
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /** The server and all its children change into the cluster's folder, and stay there. The server comes first. */
    List<ProcessHandle> processesInCluster() throws IOException {
        if (!Files.isDirectory(cluster)) {
            return List.of();
        }
        var folder = cluster.toRealPath();
        var server = lockedBy();
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(folder, process))
                .sorted((one, other) -> Boolean.compare(isServer(server, other), isServer(server, one)))
                .toList();
    }

    private static boolean isServer(Optional<Long> server, ProcessHandle process) {
        return server.filter(pid -> pid == process.pid()).isPresent();
    }

    private static boolean worksIn(Path folder, ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/%d/cwd".formatted(process.pid())))
                    .equals(folder);
        } catch (IOException e) {
            // It ended meanwhile, or belongs to somebody else and so is none of ours.
            return false;
        }
    }

    /** Interrupt and quit go to the server, which ends its children in good order; the last resort goes to everyone. */
    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (var process : signal.equals("KILL") ? processes : processes.subList(0, 1)) {
            Signals.send(signal, process.pid());
        }
    }

    /**
     * Waits until nobody works in the cluster any more. Not for the end of the processes: where nobody collects the dead,
     * as in many containers, they stay in the list for good.
     */
    private boolean haveEnded() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!processesInCluster().isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }
}
