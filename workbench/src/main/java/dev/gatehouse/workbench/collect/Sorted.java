package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.Seen;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.workbench.records.Delivery.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page's records, by what becomes of them.
 *
 * @param kept to be stored
 * @param leftOut alerts that no device of the tenant shows, to be counted
 * @param unreadable to be kept as they came
 * @param seen all of them in the order received, as reading on depends on them
 */
record Sorted(List<Collected> kept, List<VendorAlert> leftOut, List<Unreadable> unreadable, List<Seen> seen) {

    /**
     * Sorts a page.
     *
     * @param kinds the kinds of device that the tenant is read for
     * @param lookup what was asked for, which decides by what time its records are ordered
     */
    static Sorted by(Selection selection, Set<DeviceKind> kinds, Lookup lookup, List<Parsed> page) {
        var sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var parsed : page) {
            switch (parsed) {
                case Parsed.Understood(var record) -> {
                    sorted.seen.add(Seen.at(record.id(), time(lookup, record)));
                    sorted.add(selection, kinds, record);
                }
                case Parsed.Unreadable(var original, var reason) -> {
                    sorted.seen.add(new Seen(hash(original).toString(), Optional.empty()));
                    sorted.unreadable.add(new Unreadable(original, reason, Parser.VERSION));
                }
            }
        }
        return sorted;
    }

    private void add(Selection selection, Set<DeviceKind> kinds, Collected record) {
        if (record instanceof VendorAlert alert && !selection.keeps(alert, kinds)) {
            leftOut.add(alert);
        } else {
            kept.add(record);
        }
    }

    private static Instant time(Lookup lookup, Collected record) {
        return lookup instanceof Lookup.Created ? created(record) : record.orderedBy();
    }

    private static Instant created(Collected record) {
        return switch (record) {
            case VendorAlert alert -> alert.created();
            case VendorIncident incident -> incident.created();
            case HuntingRow row -> row.timestamp();
        };
    }

    /** What tells the unreadable texts apart. */
    Set<ContentHash> unreadableTexts() {
        return unreadable.stream().map(text -> hash(text.original())).collect(Collectors.toSet());
    }

    private static ContentHash hash(Original text) {
        return ContentHash.of(text.bytes());
    }

    /** All that could be understood. */
    List<Collected> understood() {
        return Stream.concat(kept.stream(), leftOut.stream()).toList();
    }
}
