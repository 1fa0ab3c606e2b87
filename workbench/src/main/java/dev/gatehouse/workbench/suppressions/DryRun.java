package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.workbench.suppressions.DryRunAlert.Ending;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a suppression would have closed of the alerts of the last days. It may be under way.
 *
 * @param suppression whose
 * @param fingerprint of what was tried
 * @param from alerts that were made then or later
 * @param to alerts that were made before
 * @param started when
 * @param startedBy by whom
 * @param finished when it had looked at all of them; empty while it is under way
 * @param reached it has looked at all that were made then or later
 * @param lookedAt how many alerts it has looked at
 * @param failed how many of these the condition failed at, or could not be asked about
 * @param failure why, of the last one; empty when there is none
 * @param closed how many it would have closed, by how these ended
 */
public record DryRun(
        UUID suppression,
        ContentHash fingerprint,
        Instant from,
        Instant to,
        Instant started,
        String startedBy,
        Optional<Instant> finished,
        Instant reached,
        long lookedAt,
        long failed,
        String failure,
        Map<Ending, Long> closed) {

    public DryRun {
        var copy = new EnumMap<Ending, Long>(Ending.class);
        copy.putAll(closed);
        closed = java.util.Collections.unmodifiableMap(copy);
    }

    /** Whether it tried what a suppression says now. */
    public boolean isOf(Suppression other) {
        return suppression.equals(other.id()) && fingerprint.equals(other.fingerprint());
    }

    public boolean isFinished() {
        return finished.isPresent();
    }

    /** How many alerts it would have closed. */
    public long count() {
        return closed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether it would have closed an incident or something that turned out to be true. */
    public boolean isAlarming() {
        return closed.getOrDefault(Ending.INCIDENT, 0L) > 0 || closed.getOrDefault(Ending.TRUE_POSITIVE, 0L) > 0;
    }

    /** In words, the worst first: {@code 3 alerts: 1 became an incident, 2 were closed as false or harmless}. */
    public String sentence() {
        if (count() == 0) {
            return "It would have closed no alert.";
        }
        return "It would have closed %,d %s: %s."
                .formatted(
                        count(),
                        count() == 1 ? "alert" : "alerts",
                        closed.entrySet().stream()
                                .filter(entry -> entry.getValue() > 0)
                                .map(entry -> entry.getKey().words(entry.getValue()))
                                .collect(Collectors.joining(", ")));
    }
}
