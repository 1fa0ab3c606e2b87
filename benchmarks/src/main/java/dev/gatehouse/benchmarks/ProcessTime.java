package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What processes have used, from Linux's {@code /proc}. */
final class ProcessTime {

    /** Linux counts in hundredths of a second on every machine that we know. */
    private static final long NANOS_A_TICK = 10_000_000;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int USER_OF_ENDED = 13;
    private static final int SYSTEM_OF_ENDED = 14;

    private ProcessTime() {}

    /** The processor time of one process. */
    static Duration of(long pid) throws IOException {
        var fields = fields(pid);
        return ticks(fields, USER, SYSTEM);
    }

    /** The processor time of a process and of all that it has started, those that have ended included. */
    static Duration withChildren(long pid) throws IOException {
        var sum = ticks(fields(pid), USER, SYSTEM, USER_OF_ENDED, SYSTEM_OF_ENDED);
        try (Stream<ProcessHandle> children = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children)) {
            for (var child : children.toList()) {
                sum = sum.plus(ofChild(child.pid()));
            }
        }
        return sum;
    }

    private static Duration ofChild(long pid) {
        try {
            return of(pid);
        } catch (IOException e) {
            // It has just ended, and is counted with its parent from now on.
            return Duration.ZERO;
        }
    }

    /** The most memory that a process has ever had, in MB. */
    static long peakMegabytes(long pid) throws IOException {
        return status(pid, "VmHWM:") / 1_024;
    }

    /**
     * What a process is like at a moment.
     *
     * @param megabytes of memory that it has, its heap and all else
     * @param threads of the operating system
     */
    record State(long megabytes, long threads) {}

    /** What a process is like now. */
    static State state(long pid) throws IOException {
        return new State(status(pid, "VmRSS:") / 1_024, status(pid, "Threads:"));
    }

    private static long status(long pid, String name) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("Process %d does not say its %s".formatted(pid, name));
    }

    private static Duration ticks(List<String> fields, int... which) {
        var ticks = 0L;
        for (var field : which) {
            ticks += Long.parseLong(fields.get(field));
        }
        return Duration.ofNanos(ticks * NANOS_A_TICK);
    }

    /** Those behind the name, which may have blanks. */
    private static List<String> fields(long pid) throws IOException {
        var line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1));
    }
}
