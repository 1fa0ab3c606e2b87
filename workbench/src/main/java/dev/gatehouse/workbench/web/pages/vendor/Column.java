package dev.gatehouse.workbench.web.pages.vendor;

import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.web.frame.Address;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of the table of vendor alerts.
 *
 * @param title what stands over it
 * @param address the list sorted by it; empty when it cannot be
 * @param direction {@code ascending} or {@code descending} when the list is sorted by it now, as ARIA calls it
 */
public record Column(
        String title, Optional<Address> address, @Nullable String direction) {

    static List<Column> of(VendorAlertQuery query) {
        return List.of(
                sorting("Severity", query, VendorAlertOrder.MOST_SEVERE, "descending"),
                sorting("Vendor alert", query, VendorAlertOrder.TITLE, "ascending"),
                plain("Device"),
                plain("Involved"),
                plain("Status"),
                plain("Techniques"),
                created(query),
                sorting("Updated", query, VendorAlertOrder.RECENTLY_UPDATED, "descending"),
                plain("Vendor incident"));
    }

    private static Column plain(String title) {
        return new Column(title, Optional.empty(), null);
    }

    private static Column sorting(String title, VendorAlertQuery query, VendorAlertOrder order, String direction) {
        return new Column(title, Optional.of(query.sorted(order)), query.order() == order ? direction : null);
    }

    /** A second click turns it round. */
    private static Column created(VendorAlertQuery query) {
        return query.order() == VendorAlertOrder.NEWEST
                ? new Column("Created", Optional.of(query.sorted(VendorAlertOrder.OLDEST)), "descending")
                : sorting("Created", query, VendorAlertOrder.NEWEST, "descending")
                        .turned(query);
    }

    private Column turned(VendorAlertQuery query) {
        return new Column(title, address, query.order() == VendorAlertOrder.OLDEST ? "ascending" : direction);
    }
}
