package dev.gatehouse.workbench.budget;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tenant's budget looks like now.
 *
 * @param lane of which of Microsoft's limits
 * @param planned how many requests a minute Gatehouse allows itself
 * @param forPeople how many of these are kept free for people
 * @param lastMinute how many each has made in the last minute, in this process
 * @param pauses what Microsoft does not want to be asked for now, sign-ins included
 */
public record Usage(Lane lane, int planned, int forPeople, Map<Spender, Integer> lastMinute, List<Pause> pauses) {

    public Usage {
        lastMinute = Map.copyOf(lastMinute);
        pauses = List.copyOf(pauses);
    }

    /** Until when Microsoft wants something of this lane to be left alone; the longest, when it is more than one thing. */
    public Optional<Instant> closedUntil() {
        return pauses.stream()
                .filter(pause -> pause.kind().isIn(lane))
                .map(Pause::until)
                .max(Instant::compareTo);
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
