package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.workbench.investigations.HistoryAction;
import dev.gatehouse.workbench.investigations.InvestigationEvent;
import dev.gatehouse.workbench.investigations.InvestigationEvidence;
import dev.gatehouse.workbench.investigations.InvestigationWords;
import dev.gatehouse.workbench.investigations.TimelineEntry;
import dev.gatehouse.workbench.records.VendorAlertRow;
import dev.gatehouse.workbench.web.frame.Links;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * A line of the timeline, wherever it comes from.
 *
 * @param at when it happened
 * @param kind where it comes from
 * @param text what happened
 * @param address of the page about it; empty when there is none
 * @param detail more about it; empty when there is none
 * @param entry when somebody put it there by hand
 */
public record Moment(Instant at, Kind kind, String text, String address, String detail, Optional<TimelineEntry> entry) {

    /** Where a line comes from. */
    public enum Kind {
        ENTRY("By hand"),
        VENDOR_ALERT("Vendor alert"),
        VERSION("Microsoft"),
        ACTION("Investigation");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private static Moment of(Instant at, Kind kind, String text, String address, String detail) {
        return new Moment(at, kind, text, address, detail, Optional.empty());
    }

    static List<Moment> merged(
            List<TimelineEntry> entries,
            List<VendorAlertRow> vendorAlerts,
            List<InvestigationEvidence.VersionOf> versions,
            List<InvestigationEvent> history,
            Links links) {
        var all = new ArrayList<Moment>();
        entries.forEach(entry -> all.add(
                new Moment(entry.what().eventDate(), Kind.ENTRY, entry.what().event(), "", "", Optional.of(entry))));
        var titles = new HashMap<String, String>();
        for (var row : vendorAlerts) {
            var title = row.title().isBlank() ? "Untitled vendor alert" : row.title();
            titles.put(row.tenant() + "/" + row.id(), title);
            all.add(of(
                    row.firstActivity().orElse(row.created()),
                    Kind.VENDOR_ALERT,
                    title,
                    links.vendorAlert(row.tenant(), row.id()),
                    String.join(", ", row.entities())));
        }
        var firsts = new HashMap<String, Instant>();
        versions.forEach(version -> firsts.merge(
                version.tenant() + "/" + version.version().id(),
                version.version().updated(),
                (first, second) -> first.isBefore(second) ? first : second));
        for (var version : versions) {
            var key = version.tenant() + "/" + version.version().id();
            var isFirst = version.version().updated().equals(firsts.get(key));
            all.add(of(
                    version.version().updated(),
                    Kind.VERSION,
                    "%s “%s”"
                            .formatted(
                                    isFirst ? "Microsoft reported" : "Microsoft changed",
                                    titles.getOrDefault(key, "a vendor alert")),
                    links.vendorAlert(version.tenant(), version.version().id()),
                    ""));
        }
        history.stream()
                .filter(Moment::isWorthTelling)
                .forEach(event -> all.add(of(event.at(), Kind.ACTION, InvestigationWords.sentence(event), "", "")));
        all.sort(Comparator.comparing(Moment::at));
        return all;
    }

    /** Not who typed what, but what was done. */
    private static boolean isWorthTelling(InvestigationEvent event) {
        return switch (event.subject()) {
            case INVESTIGATION ->
                switch (event.action()) {
                    case CHANGED ->
                        event.changes().stream()
                                .anyMatch(change -> change.what().equals("is_incident"));
                    case SUMMARY, ASSIGNED -> false;
                    default -> true;
                };
            case INVESTIGATIVE_ACTION, REMEDIATION_ACTION ->
                event.action() != HistoryAction.ASSIGNED && event.action() != HistoryAction.CHANGED;
            case FILE -> event.action() != HistoryAction.UPDATED;
            case FINDING, COMMENT, TIMELINE_ENTRY -> false;
        };
    }
}
