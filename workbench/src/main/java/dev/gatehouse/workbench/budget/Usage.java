package dev.gatehouse.workbench.budget;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a tenant's budget looks like now.
 *
 * @param lane of which of Microsoft's limits
 * @param planned how many requests a minute Gatehouse allows itself
 * @param forPeople how many of these are kept free for people
 * @param lastMinute how many each has made in the last minute, in this process
 * @param closedUntil until when Microsoft wants to be left alone
 */
public record Usage(
        Lane lane, int planned, int forPeople, Map<Spender, Integer> lastMinute, Optional<Instant> closedUntil) {

    public Usage {
        lastMinute = Map.copyOf(lastMinute);
    }

    /** All requests of the last minute. */
    public int total() {
        return lastMinute.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The requests of one spender in the last minute. */
    public int of(Spender spender) {
        return lastMinute.getOrDefault(spender, 0);
    }

    /** How much of the plan is used, in percent. */
    public int percent() {
        return Math.min(100, 100 * total() / planned);
    }
}
