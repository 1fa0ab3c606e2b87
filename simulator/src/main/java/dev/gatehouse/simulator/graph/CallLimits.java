package dev.gatehouse.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** So many calls in any sixty seconds. Refused calls count too, as Microsoft's throttling guidance says. */
final class CallLimits {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** The latest calls by whatever shares a limit; never more than the limit itself, so memory is bounded. */
    private final Map<String, Deque<Instant>> calls = new ConcurrentHashMap<>();

    /**
     * Counts a call.
     *
     * @throws Refused when the limit is reached, with the time after which it no longer is
     */
    void count(String sharers, int limit, Instant now) throws Refused {
        var latest = calls.computeIfAbsent(sharers, _ -> new ArrayDeque<>());
        synchronized (latest) {
            var oldest = latest.size() < limit ? null : latest.getFirst();
            var refused = oldest != null && oldest.plus(PERIOD).isAfter(now);
            latest.addLast(now);
            while (latest.size() > limit) {
                latest.removeFirst();
            }
            if (refused) {
                throw Refused.throttled(Duration.between(now, latest.getFirst().plus(PERIOD)));
            }
        }
    }
}
