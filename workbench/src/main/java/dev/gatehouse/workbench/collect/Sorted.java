package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.model.Alert;
import dev.gatehouse.model.Collected;
import dev.gatehouse.workbench.store.Delivery.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A page's records, by what becomes of them.
 *
 * @param kept to be stored
 * @param leftOut alerts of other products, to be counted
 * @param unreadable to be kept as they came
 * @param times the ordering times of all that could be understood, in the order received
 */
record Sorted(List<Collected> kept, List<Alert> leftOut, List<Unreadable> unreadable, List<Instant> times) {

    static Sorted by(Selection selection, List<Parsed> page) {
        var sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var parsed : page) {
            switch (parsed) {
                case Parsed.Understood(var record) -> sorted.add(selection, record);
                case Parsed.Unreadable(var original, var reason) ->
                    sorted.unreadable.add(new Unreadable(original, reason));
            }
        }
        return sorted;
    }

    private void add(Selection selection, Collected record) {
        times.add(record.orderedBy());
        if (record instanceof Alert alert && !selection.keeps(alert)) {
            leftOut.add(alert);
        } else {
            kept.add(record);
        }
    }
}
