package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Waits for a number of a database. */
final class Wait {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Wait() {}

    /** What is counted until it is enough. */
    interface Count {

        long now() throws SQLException;
    }

    /**
     * Waits until there is enough.
     *
     * @throws IOException when it does not grow for minutes
     */
    static void until(Count count, long enough) throws SQLException, InterruptedException, IOException {
        var last = Long.MIN_VALUE;
        var end = 0L;
        for (var now = count.now(); now < enough; now = count.now()) {
            if (now > last) {
                last = now;
                end = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > end) {
                throw new IOException("For %s it has been %d of %d".formatted(PATIENCE, now, enough));
            }
            Thread.sleep(PAUSE);
        }
    }
}
