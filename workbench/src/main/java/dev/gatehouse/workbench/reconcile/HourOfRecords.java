package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.collect.RecordListener;
import dev.gatehouse.workbench.collect.RecordSummary;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.reconcile.Reconciliation.Count;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.Reconciliations.Held;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One hour of alerts or incidents while it is compared: what was here before, and what Graph shows. Graph's pages are
 * stored as they come, so that whatever was missing is here when the last of them has been seen.
 */
final class HourOfRecords implements RecordListener {

    private final Window hour;
    private final Map<String, Held> before;
    private final Instant polledUntil;
    private final Map<String, Instant> seen = new HashMap<>();
    private final Set<ContentHash> unreadable = new HashSet<>();

    /**
     * Begins.
     *
     * @param before what is here of the hour
     * @param polledUntil changes after this are still polling's to bring: seeing one here first is no difference
     */
    HourOfRecords(Window hour, Map<String, Held> before, Instant polledUntil) {
        this.hour = hour;
        this.before = Map.copyOf(before);
        this.polledUntil = polledUntil;
    }

    @Override
    public void saw(List<RecordSummary> understood, Set<ContentHash> unreadableRecords) {
        for (var record : understood) {
            // Graph ignores filters at times, and then gives records of other hours.
            if (hour.contains(record.created())) {
                seen.put(Columns.key(record.id()), record.orderedBy().truncatedTo(ChronoUnit.MICROS));
            }
        }
        unreadable.addAll(unreadableRecords);
    }

    /**
     * Compares.
     *
     * @param after what is here of the hour now that Graph's pages are stored
     */
    Count count(Map<String, Held> after) {
        var missing =
                seen.keySet().stream().filter(id -> !before.containsKey(id)).toList();
        var changed = seen.entrySet().stream()
                .filter(record -> isOlder(before.get(record.getKey()), record.getValue()))
                .filter(record -> record.getValue().isBefore(polledUntil))
                .map(Map.Entry::getKey)
                .toList();
        var gone = before.entrySet().stream()
                .filter(held -> held.getValue().isOfHour() && !seen.containsKey(held.getKey()))
                .filter(held -> after.containsKey(held.getKey()))
                .count();
        var healed = missing.stream().filter(after::containsKey).count()
                + changed.stream()
                        .filter(id -> !isOlder(after.get(id), seen.getOrDefault(id, Instant.MIN)))
                        .count();
        var here = seen.keySet().stream().filter(after::containsKey).count() + gone + unreadable.size();
        return new Count(seen.size() + unreadable.size(), here, missing.size(), gone, changed.size(), healed, 0);
    }

    private static boolean isOlder(@Nullable Held held, Instant than) {
        return held != null && held.updated().filter(than::isAfter).isPresent();
    }

    /** How a count reads. Unreadable records are kept as they came, so that they are on both sides. */
    static State state(Count count) {
        if (count.missingThere() > 0 || count.healed() < count.missingHere() + count.changed()) {
            return State.DIFFERS;
        }
        return count.healed() > 0 ? State.HEALED : State.EQUAL;
    }
}
