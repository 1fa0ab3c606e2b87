package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.reconcile.Reconciliations.Due;
import dev.gatehouse.workbench.reconcile.Reconciliations.Place;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hours of a device that are to be compared, as they were found in the database: in the order in which they are due, put
 * together to what one request can bring. What is compared is taken off, so that the database need not be asked after each.
 */
final class DueHours {

    private final Map<String, Group> groups = new LinkedHashMap<>();

    /**
     * What one request can bring: an hour of a list, or a day of a hunting table.
     *
     * @param hours in the order in which they are due
     */
    record Group(Feed feed, List<Instant> hours) {}

    DueHours(List<Due> due) {
        due.forEach(each -> groups.computeIfAbsent(
                        key(each.feed(), each.hour()), key -> new Group(each.feed(), new ArrayList<>()))
                .hours()
                .add(each.hour()));
    }

    private static String key(Feed feed, Instant hour) {
        return feed.key() + (feed.isHuntingTable() ? hour.truncatedTo(ChronoUnit.DAYS) : hour);
    }

    /** What is left, the most urgent first. */
    Collection<Group> groups() {
        return groups.values();
    }

    /** An hour is compared. */
    void remove(Place place) {
        groups.computeIfPresent(key(place.feed(), place.hour()), (key, group) -> {
            group.hours().remove(place.hour());
            return group.hours().isEmpty() ? null : group;
        });
    }
}
