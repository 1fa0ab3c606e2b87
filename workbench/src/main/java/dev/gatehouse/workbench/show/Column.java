package dev.gatehouse.workbench.show;

import dev.gatehouse.workbench.store.AlertOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of the table of alerts.
 *
 * @param title what stands over it
 * @param address the list sorted by it; empty when it cannot be
 * @param direction {@code ascending} or {@code descending} when the list is sorted by it now, as ARIA calls it
 */
public record Column(
        String title, Optional<Address> address, @Nullable String direction) {

    static List<Column> of(AlertQuery query) {
        return List.of(
                sorting("Severity", query, AlertOrder.MOST_SEVERE, "descending"),
                sorting("Alert", query, AlertOrder.TITLE, "ascending"),
                plain("Device"),
                plain("Involved"),
                plain("Status"),
                plain("Techniques"),
                created(query),
                sorting("Updated", query, AlertOrder.RECENTLY_UPDATED, "descending"),
                plain("Incident"));
    }

    private static Column plain(String title) {
        return new Column(title, Optional.empty(), null);
    }

    private static Column sorting(String title, AlertQuery query, AlertOrder order, String direction) {
        return new Column(title, Optional.of(query.sorted(order)), query.order() == order ? direction : null);
    }

    /** A second click turns it round. */
    private static Column created(AlertQuery query) {
        return query.order() == AlertOrder.NEWEST
                ? new Column("Created", Optional.of(query.sorted(AlertOrder.OLDEST)), "descending")
                : sorting("Created", query, AlertOrder.NEWEST, "descending").turned(query);
    }

    private Column turned(AlertQuery query) {
        return new Column(title, address, query.order() == AlertOrder.OLDEST ? "ascending" : direction);
    }
}
