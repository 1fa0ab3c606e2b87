package dev.gatehouse.workbench.web.pages.vendor;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorIncidentStatus;
import dev.gatehouse.workbench.records.VendorIncidentFilter;
import dev.gatehouse.workbench.records.VendorIncidentOrder;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Column;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Which vendor incidents somebody wants to see, as the address says it. What makes no sense in the address is left out and
 * said.
 *
 * @param text part of a title, or an id
 * @param device one device only
 * @param severity one severity only
 * @param status one status only
 * @param period how far back
 * @param isWithMerged whether those that were merged into another are shown, too
 * @param order the first row
 * @param page counted from one
 */
public record VendorIncidentQuery(
        String text,
        Optional<UUID> device,
        Optional<Severity> severity,
        Optional<VendorIncidentStatus> status,
        Period period,
        boolean isWithMerged,
        VendorIncidentOrder order,
        int page) {

    static final int ROWS = 50;

    static VendorIncidentQuery from(QueryParameters parameters) {
        return new VendorIncidentQuery(
                parameters.text("text"),
                parameters.id("device", "device"),
                parameters.oneOf("severity", "severity", Severity.values(), VendorIncidentQuery::key),
                parameters.oneOf("status", "status", VendorIncidentStatus.values(), VendorIncidentQuery::key),
                parameters
                        .oneOf("period", "period", Period.values(), Period::key)
                        .orElse(Period.ANY),
                parameters.is("merged", "value of 'merged'", "show"),
                parameters
                        .oneOf("sort", "order", VendorIncidentOrder.values(), VendorIncidentOrder::key)
                        .orElse(VendorIncidentOrder.RECENTLY_UPDATED),
                parameters.page());
    }

    VendorIncidentFilter filter(Instant now) {
        return new VendorIncidentFilter(
                device, severity, status, text, period.length().map(now::minus), isWithMerged);
    }

    int offset() {
        return (page - 1) * ROWS;
    }

    public boolean isFiltered() {
        return !text.isEmpty()
                || device.isPresent()
                || severity.isPresent()
                || status.isPresent()
                || period != Period.ANY;
    }

    /** This list's address, on its first page. */
    public Address address() {
        return Address.of(VendorIncidentPages.LIST)
                .with("text", text)
                .with("device", device.map(UUID::toString).orElse(""))
                .with("severity", severity.map(VendorIncidentQuery::key).orElse(""))
                .with("status", status.map(VendorIncidentQuery::key).orElse(""))
                .with("period", period.key())
                .with("merged", isWithMerged ? "show" : "")
                .with("sort", order == VendorIncidentOrder.RECENTLY_UPDATED ? "" : order.key());
    }

    /** The columns of the list. */
    List<Column> columns() {
        return List.of(
                sorting(
                        Column.of("severity", "Severity"),
                        VendorIncidentOrder.MOST_SEVERE,
                        true,
                        VendorIncidentOrder.LEAST_SEVERE),
                sorting(
                        Column.of("title", "Vendor incident").fixed(),
                        VendorIncidentOrder.TITLE,
                        false,
                        VendorIncidentOrder.TITLE_REVERSED),
                Column.of("number", "Number"),
                Column.of("device", "Device"),
                Column.of("status", "Status"),
                Column.of("alerts", "Alerts").number(),
                Column.of("assigned", "Assigned to"),
                sorting(Column.of("created", "Created"), VendorIncidentOrder.NEWEST, true, VendorIncidentOrder.OLDEST),
                sorting(
                        Column.of("updated", "Updated"),
                        VendorIncidentOrder.RECENTLY_UPDATED,
                        true,
                        VendorIncidentOrder.OLDEST_UPDATED));
    }

    private Column sorting(
            Column column, VendorIncidentOrder first, boolean isFirstDescending, VendorIncidentOrder turned) {
        return column.sorting(address(), order.key(), first.key(), isFirstDescending, turned.key());
    }

    /** The word of a choice in the address, e.g. {@code in_progress}. */
    public static String key(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
