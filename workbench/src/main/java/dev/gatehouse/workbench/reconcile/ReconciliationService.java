package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.reconcile.Reconciliations.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Where people ask for hours to be compared, and look at what came of it. */
@Component
public class ReconciliationService {

    /** Graph's limit for hunting. Source: Microsoft Graph, security API overview. */
    private static final Duration HUNTING_KEEPS = Duration.ofDays(30);

    private static final Duration MOST = Duration.ofDays(31);

    private final Reconciliations reconciliations;
    private final SecurityDevices devices;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    ReconciliationService(
            Reconciliations reconciliations,
            SecurityDevices devices,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.reconciliations = reconciliations;
        this.devices = devices;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What was asked for.
     *
     * @param hours from the start of the first hour to the end of the last
     * @param comparisons how many hours of feeds that are
     */
    public record Asked(Window hours, int comparisons) {}

    /**
     * Asks for every full hour that a range touches to be compared. The wish survives a restart.
     *
     * @param feed of one feed; empty for all. Hours that Microsoft does not keep hunting rows of are then left out
     * @param to the range's end, not included; later than now means until the last full hour
     * @param actor who wants it
     * @throws InvalidReconciliation when there is no full hour in it, or when it is too long or too long ago
     * @throws NoSuchDevice when the device was removed
     */
    public Asked request(UUID device, Optional<Feed> feed, Instant from, Instant to, String actor) {
        var now = clock.instant();
        var thisHour = now.truncatedTo(ChronoUnit.HOURS);
        var first = from.truncatedTo(ChronoUnit.HOURS);
        var last = to.truncatedTo(ChronoUnit.HOURS);
        var end = last.equals(to) ? last : last.plus(1, ChronoUnit.HOURS);
        var hours = new Window(first, end.isAfter(thisHour) ? later(first, thisHour) : later(first, end));
        if (!first.isBefore(thisHour)) {
            throw new InvalidReconciliation("from", "No full hour has passed since then. Choose an earlier start.");
        }
        if (hours.isEmpty()) {
            throw new InvalidReconciliation("to", "The range is empty: its end must be later than its start.");
        }
        if (Duration.between(hours.from(), hours.to()).compareTo(MOST) > 0) {
            throw new InvalidReconciliation(
                    "from", "The range is longer than %d days. Ask for a part of it.".formatted(MOST.toDays()));
        }
        var kept = later(
                hours.from(),
                now.minus(HUNTING_KEEPS).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
        if (feed.filter(Feed::isHuntingTable).isPresent() && hours.from().isBefore(kept)) {
            throw new InvalidReconciliation(
                    "from", "Microsoft keeps hunting rows for 30 days. Choose a start from %s on.".formatted(kept));
        }
        var lists = feed.map(List::of).orElseGet(() -> List.of(Feed.ALERTS, Feed.INCIDENTS));
        var tenant = devices.require(Scope.everything(), device).directory();
        var comparisons = reconciliations.request(tenant, lists, hours, actor, now);
        if (feed.isEmpty() && kept.isBefore(hours.to())) {
            var tables =
                    Arrays.stream(Feed.values()).filter(Feed::isHuntingTable).toList();
            comparisons += reconciliations.request(tenant, tables, hours.startingAt(kept), actor, now);
        }
        events.publishEvent(new ReconciliationRequested(tenant));
        return new Asked(hours, comparisons);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Hours, the newest first. */
    public Slice<Reconciliation> list(Scope scope, Filter filter, int offset, int limit) {
        return reconciliations.list(scope, filter, offset, limit);
    }
}
