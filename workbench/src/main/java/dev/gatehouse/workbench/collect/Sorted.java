package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.Seen;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Original;
import dev.gatehouse.workbench.records.Delivery.LeftOut;
import dev.gatehouse.workbench.records.Delivery.Recognised;
import dev.gatehouse.workbench.records.Delivery.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page's records, by what becomes of them.
 *
 * @param kept to be stored
 * @param recognised to be stored if they are not, which the database tells
 * @param leftOut alerts that no device of the tenant shows, to be counted
 * @param unreadable to be kept as they came
 * @param understood all of them that could be understood
 * @param seen all of them in the order received, as reading on depends on them
 */
record Sorted(
        List<Collected> kept,
        List<Recognised> recognised,
        List<LeftOut> leftOut,
        List<Unreadable> unreadable,
        List<RecordSummary> understood,
        List<Seen> seen) {

    private Sorted() {
        this(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /**
     * Sorts a page.
     *
     * @param kinds the kinds of device that the tenant is read for
     * @param lookup what was asked for, which decides by what time its records are ordered
     */
    static Sorted by(Set<DeviceKind> kinds, Lookup lookup, List<ReadRecord> page) {
        var sorted = new Sorted();
        for (var read : page) {
            switch (read) {
                case ReadRecord.Understood(var record, var summary, var _) -> {
                    if (sorted.isKept(summary, kinds, lookup)) {
                        sorted.kept.add(record);
                    }
                }
                case ReadRecord.Recognised(var original, var summary) -> {
                    if (sorted.isKept(summary, kinds, lookup)) {
                        sorted.recognised.add(new Recognised(summary.id(), summary.version(), original));
                    }
                }
                case ReadRecord.Unreadable(var original, var reason) -> {
                    sorted.seen.add(new Seen(hash(original).toString(), Optional.empty()));
                    sorted.unreadable.add(new Unreadable(original, reason, Parser.VERSION));
                }
            }
        }
        return sorted;
    }

    /** Notes a record that was understood, and tells whether it is kept or only counted. */
    private boolean isKept(RecordSummary record, Set<DeviceKind> kinds, Lookup lookup) {
        seen.add(Seen.at(record.id(), time(lookup, record)));
        understood.add(record);
        var isKept = record.isKeptFor(kinds);
        if (!isKept) {
            leftOut.add(new LeftOut(record.id(), record.serviceSource(), record.created()));
        }
        return isKept;
    }

    private static Instant time(Lookup lookup, RecordSummary record) {
        return lookup instanceof Lookup.Created ? record.created() : record.orderedBy();
    }

    /** What tells the unreadable texts apart. */
    Set<ContentHash> unreadableTexts() {
        return unreadable.stream().map(text -> hash(text.original())).collect(Collectors.toSet());
    }

    private static ContentHash hash(Original text) {
        return ContentHash.of(text.bytes());
    }
}
