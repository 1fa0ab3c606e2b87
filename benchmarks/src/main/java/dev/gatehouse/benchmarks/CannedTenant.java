package dev.gatehouse.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The alerts of one pretend tenant, in the order of their times. */
final class CannedTenant {

    private final UUID id;
    private final List<Instant> times = new ArrayList<>();
    private final List<Packed> alerts = new ArrayList<>();

    CannedTenant(UUID id) {
        this.id = id;
    }

    /** The tenant of that number. */
    static UUID id(int number) {
        return new UUID(0x7e4a_0000_0000_4000L, 0x8000_0000_0000_0000L | number);
    }

    /** Adds an alert behind all others. */
    synchronized void add(Instant made) {
        alerts.add(Packed.of(CannedAlert.text(id, alerts.size(), made)));
        times.add(made);
    }

    /**
     * A page of a window.
     *
     * @param count how many the window has
     * @param alerts those of the page
     */
    record Page(int count, List<Packed> alerts) {}

    synchronized Page page(Instant from, Instant to, int skip, int top) {
        var first = indexOf(from);
        var end = indexOf(to);
        var begin = Math.min(end, first + skip);
        return new Page(end - first, List.copyOf(alerts.subList(begin, Math.min(end, begin + top))));
    }

    /** Of the first that is not before. */
    private int indexOf(Instant time) {
        var low = 0;
        var high = times.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (times.get(middle).isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
