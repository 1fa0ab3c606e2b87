package dev.gatehouse.workbench.platform.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much the bundled server keeps of its tables and indexes in its own memory. What does not fit it takes from the system's
 * file cache with a copy and a check of its sum each time, which is what reading and writing cost most with a million vendor alerts.
 */
final class SharedBuffers {

    private static final long MB = 1024L * 1024;

    /** What a small provider needs. */
    private static final long LEAST = 128 * MB;

    /** More would only be taken from the file cache. */
    private static final long MOST = 2048 * MB;

    private SharedBuffers() {}

    /** A sixteenth of the machine's memory, or of what this container may use: the Workbench and others want their part. */
    static String ofThisMachine() {
        return of(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }

    /** As PostgreSQL's setting says it, of that many bytes of memory. */
    static String of(long memory) {
        return "%dMB".formatted(Math.clamp(memory / 16, LEAST, MOST) / MB);
    }
}
