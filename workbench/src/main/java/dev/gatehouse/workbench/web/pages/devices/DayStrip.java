package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.reconcile.Reconciliation;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The last 24 full hours of one feed: how Graph and we compare in each.
 *
 * @param feed which one
 * @param hours the oldest first
 */
public record DayStrip(Feed feed, List<Hour> hours) {

    private static final int HOURS = 24;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    public DayStrip {
        hours = List.copyOf(hours);
    }

    /**
     * One hour.
     *
     * @param start of it
     * @param found what is known of it; empty when it was not compared
     */
    public record Hour(Instant start, Optional<Reconciliation> found) {

        public State state() {
            return found.map(Reconciliation::state).orElse(State.WAITING);
        }

        /** All of it in words, for those who do not see the colour. */
        public String text() {
            return found.map(hour -> hour.clock() + ": " + hour.verdict()).orElseGet(() -> "%s–%s: not compared yet"
                    .formatted(CLOCK.format(start), CLOCK.format(start.plus(1, ChronoUnit.HOURS))));
        }
    }

    /** Where the strips begin. */
    static Instant start(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS).minus(HOURS, ChronoUnit.HOURS);
    }

    /** A strip for every feed of a device, from what is known of its hours since {@link #start}. */
    static List<DayStrip> of(List<Reconciliation> known, Instant now) {
        var hours = new HashMap<Feed, Map<Instant, Reconciliation>>();
        known.forEach(hour ->
                hours.computeIfAbsent(hour.feed(), feed -> new HashMap<>()).put(hour.hour(), hour));
        return Arrays.stream(Feed.values())
                .map(feed -> strip(feed, start(now), hours.getOrDefault(feed, Map.of())))
                .toList();
    }

    private static DayStrip strip(Feed feed, Instant start, Map<Instant, Reconciliation> known) {
        return new DayStrip(
                feed,
                IntStream.range(0, HOURS)
                        .mapToObj(number -> start.plus(number, ChronoUnit.HOURS))
                        .map(hour -> new Hour(hour, Optional.ofNullable(known.get(hour))))
                        .toList());
    }
}
