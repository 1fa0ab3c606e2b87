package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Puts the moments of several series into one order, and draws them only as far as time has come. The order depends on
 * the series alone, never on when somebody asked: moments at the same instant go by their series and their place in it.
 */
final class Timeline {

    private final List<EventSeries> series;
    private final PriorityQueue<Happening> upcoming = new PriorityQueue<>(Comparator.comparing(Happening::at)
            .thenComparingInt(Happening::series)
            .thenComparingLong(Happening::number));
    private final long[] drawn;

    Timeline(List<EventSeries> series) {
        this.series = List.copyOf(series);
        this.drawn = new long[series.size()];
    }

    /** The next moment that is due; empty when everything until then has been given out. */
    Optional<PortalChange> nextUntil(Instant now) {
        var next = earliestToBegin();
        while (next.isPresent() && mustPlayFirst(next.get(), now)) {
            play(next.get().series());
            next = earliestToBegin();
        }
        var happening = upcoming.peek();
        if (happening == null || happening.at().isAfter(now)) {
            return Optional.empty();
        }
        upcoming.remove();
        return Optional.of(happening.moment());
    }

    /** A series that begins before the earliest known moment may bring an earlier one. */
    private boolean mustPlayFirst(Beginning next, Instant now) {
        var known = upcoming.peek();
        var horizon = known == null || known.at().isAfter(now) ? now : known.at();
        return !next.at().isAfter(horizon);
    }

    private void play(int index) {
        for (var moment : series.get(index).play()) {
            upcoming.add(new Happening(index, drawn[index]++, moment));
        }
    }

    private Optional<Beginning> earliestToBegin() {
        Optional<Beginning> earliest = Optional.empty();
        for (var i = 0; i < series.size(); i++) {
            var begins = series.get(i).nextBegins();
            if (begins.isPresent()
                    && (earliest.isEmpty()
                            || begins.get().isBefore(earliest.get().at()))) {
                earliest = Optional.of(new Beginning(i, begins.get()));
            }
        }
        return earliest;
    }

    private record Beginning(int series, Instant at) {}

    private record Happening(int series, long number, PortalChange moment) {
        Instant at() {
            return moment.shownAt();
        }
    }
}
