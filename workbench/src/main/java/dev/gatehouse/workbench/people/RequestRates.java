package dev.gatehouse.workbench.people;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keeps one program from taking what all others wait for. Each key may send a minute's worth of requests at once, and goes on
 * at {@value #A_MINUTE} a minute; each process counts for itself. There are no more keys than tokens, so what is remembered
 * stays small.
 */
@Component
class RequestRates {

    /** Two hundred a second: far more than a script sends that waits for its answers. */
    static final int A_MINUTE = 12_000;

    private static final Duration BURST = Duration.ofMinutes(1);
    private static final Duration EACH = BURST.dividedBy(A_MINUTE);

    private final MonotonicClock clock;

    /** When all requests of a key are paid for, in moments of the clock. */
    private final Map<UUID, Long> paid = new HashMap<>();

    RequestRates(MonotonicClock clock) {
        this.clock = clock;
    }

    /**
     * Asks to answer a request, and counts it when it may be answered.
     *
     * @return how long to wait instead; empty when it may be answered now
     */
    synchronized Optional<Duration> take(UUID key) {
        var last = paid.get(key);
        var owed = (last == null ? Duration.ZERO : clock.until(last)).plus(EACH);
        if (owed.compareTo(BURST) > 0) {
            return Optional.of(owed.minus(BURST));
        }
        paid.put(key, clock.after(owed));
        return Optional.empty();
    }
}
