package dev.gatehouse.workbench.web.pages.vendor;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Column;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which vendor alerts somebody wants to see, as the address says it. What makes no sense in the address is left
 * out and said, so that old and hand-written links still show a list.
 *
 * @param text part of a title, account, host or address
 * @param device one device only
 * @param severity one tab; empty for all
 * @param state open ones only, and so on
 * @param period how far back
 * @param came on which days; with the directory that they are from
 * @param order the first row
 * @param page counted from one
 */
public record VendorAlertQuery(
        String text,
        Optional<UUID> device,
        Optional<Severity> severity,
        State state,
        Period period,
        Came came,
        VendorAlertOrder order,
        int page) {

    static final String PATH = Links.VENDOR_ALERTS;
    static final int ROWS = 50;

    /**
     * Which of those that came in.
     *
     * @param from came for the first time on that day (UTC, by our clock) or later
     * @param to came on that day or before
     * @param directory from one directory
     */
    public record Came(Optional<LocalDate> from, Optional<LocalDate> to, Optional<UUID> directory) {

        static Came from(QueryParameters parameters) {
            return new Came(
                    parameters.day("from", "day"),
                    parameters.day("to", "day"),
                    parameters.id("directory", "directory"));
        }

        private boolean isAny() {
            return from.isEmpty() && to.isEmpty() && directory.isEmpty();
        }

        private VendorAlertFilter.Came filter() {
            return new VendorAlertFilter.Came(
                    from.map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant()),
                    to.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
    }

    /** What a vendor alert can be waiting for. */
    public enum State {
        ANY("", "Any status"),
        OPEN("open", "Open"),
        NEW("new", "New"),
        IN_PROGRESS("in_progress", "In progress"),
        RESOLVED("resolved", "Resolved");

        private final String key;
        private final String title;

        State(String key, String title) {
            this.key = key;
            this.title = title;
        }

        private Set<VendorAlertStatus> statuses() {
            return switch (this) {
                case ANY -> Set.of();
                case OPEN -> Set.of(VendorAlertStatus.NEW, VendorAlertStatus.IN_PROGRESS);
                case NEW -> Set.of(VendorAlertStatus.NEW);
                case IN_PROGRESS -> Set.of(VendorAlertStatus.IN_PROGRESS);
                case RESOLVED -> Set.of(VendorAlertStatus.RESOLVED);
            };
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }
    }

    static VendorAlertQuery from(QueryParameters parameters) {
        return new VendorAlertQuery(
                parameters.text("text"),
                parameters.id("device", "device"),
                parameters.oneOf("severity", "severity", Severity.values(), VendorAlertQuery::key),
                parameters.oneOf("status", "status", State.values(), State::key).orElse(State.ANY),
                parameters
                        .oneOf("period", "period", Period.values(), Period::key)
                        .orElse(Period.ANY),
                Came.from(parameters),
                parameters
                        .oneOf("sort", "order", VendorAlertOrder.values(), VendorAlertOrder::key)
                        .orElse(VendorAlertOrder.NEWEST),
                parameters.page());
    }

    VendorAlertFilter filter(Instant now) {
        return withoutSeverity(now).withSeverities(severity.map(Set::of).orElse(Set.of()));
    }

    /** For the counts on the tabs. */
    VendorAlertFilter withoutSeverity(Instant now) {
        return new VendorAlertFilter(
                device,
                Set.of(),
                state.statuses(),
                text,
                period.length().map(now::minus),
                came.directory().map(TenantId::new),
                came.filter());
    }

    int offset() {
        return (page - 1) * ROWS;
    }

    public boolean isFiltered() {
        return !text.isEmpty()
                || device.isPresent()
                || severity.isPresent()
                || state != State.ANY
                || period != Period.ANY
                || !came.isAny();
    }

    /** In words, what the list is narrowed to that no field of the form says. */
    public List<String> narrowedTo() {
        var words = new ArrayList<String>();
        came.from().ifPresent(day -> words.add("came on " + day + " or later (UTC)"));
        came.to().ifPresent(day -> words.add("came on " + day + " or before (UTC)"));
        came.directory().ifPresent(id -> words.add("of the directory " + id));
        return words;
    }

    /** This list's address, on its first page. */
    public Address address() {
        return Address.of(PATH)
                .with("text", text)
                .with("device", device.map(UUID::toString).orElse(""))
                .with("severity", severity.map(VendorAlertQuery::key).orElse(""))
                .with("status", state.key)
                .with("period", period.key())
                .with("from", came.from().map(LocalDate::toString).orElse(""))
                .with("to", came.to().map(LocalDate::toString).orElse(""))
                .with("directory", came.directory().map(UUID::toString).orElse(""))
                .with("sort", order == VendorAlertOrder.NEWEST ? "" : order.key());
    }

    /** This list with another tab. */
    public Address tab(Severity other) {
        return address().with("severity", key(other));
    }

    /** Whether that tab is open. */
    public boolean isOn(Severity tab) {
        return severity.filter(tab::equals).isPresent();
    }

    /** A column that the list can be sorted by both ways. */
    private Column sorting(Column column, VendorAlertOrder first, boolean isFirstDescending, VendorAlertOrder turned) {
        return column.sorting(address(), order.key(), first.key(), isFirstDescending, turned.key());
    }

    /** The columns of the list. */
    List<Column> columns() {
        return List.of(
                sorting(
                        Column.of("severity", "Severity"),
                        VendorAlertOrder.MOST_SEVERE,
                        true,
                        VendorAlertOrder.LEAST_SEVERE),
                sorting(
                        Column.of("title", "Vendor alert").fixed(),
                        VendorAlertOrder.TITLE,
                        false,
                        VendorAlertOrder.TITLE_REVERSED),
                Column.of("device", "Device"),
                Column.of("involved", "Involved"),
                Column.of("status", "Status"),
                Column.of("techniques", "Techniques"),
                sorting(Column.of("created", "Created"), VendorAlertOrder.NEWEST, true, VendorAlertOrder.OLDEST),
                sorting(
                        Column.of("updated", "Updated"),
                        VendorAlertOrder.RECENTLY_UPDATED,
                        true,
                        VendorAlertOrder.OLDEST_UPDATED),
                Column.of("incident", "Incident"));
    }

    public static String key(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
