package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.investigations.Choices;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.InvestigationFilter;
import dev.gatehouse.workbench.investigations.InvestigationFilter.Assignment;
import dev.gatehouse.workbench.investigations.InvestigationOrder;
import dev.gatehouse.workbench.investigations.InvestigationTime;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Column;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Which investigations somebody wants to see, as the address says it. What makes no sense in the address is ignored, so that
 * old and hand-written links still show a list.
 *
 * @param tab investigations, incidents or both
 * @param status open ones, closed ones or both
 * @param assigned to whom
 * @param decision what they came to; empty for anything
 * @param severity as analysts see it; empty for any
 * @param text part of a number, a title or an alert's name
 * @param opened how far back
 * @param behind what a number of a dashboard counts
 * @param order the first row
 * @param place where the page begins; empty for the beginning
 */
public record ActivityQuery(
        Tab tab,
        Status status,
        Assigned assigned,
        Optional<Decision> decision,
        String severity,
        String text,
        Opened opened,
        Behind behind,
        InvestigationOrder order,
        Optional<Place> place) {

    static final int ROWS = 50;

    /**
     * What a number of a dashboard counts.
     *
     * @param alertsFrom with an alert that was made on that day (UTC) or later
     * @param alertsTo with an alert that was made on that day or before
     * @param directory with an alert of one directory
     * @param from opened on that day (UTC) or later
     * @param to opened on that day or before
     * @param time of which that time is measured
     */
    public record Behind(
            Optional<LocalDate> alertsFrom,
            Optional<LocalDate> alertsTo,
            Optional<UUID> directory,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            Optional<InvestigationTime> time) {

        static Behind from(QueryParameters asked) {
            return new Behind(
                    asked.day("alerts_from", "day"),
                    asked.day("alerts_to", "day"),
                    asked.id("directory", "directory"),
                    asked.day("from", "day"),
                    asked.day("to", "day"),
                    asked.oneOf("time", "time", InvestigationTime.values(), InvestigationTime::key));
        }

        private boolean isAnything() {
            return alertsFrom.isEmpty()
                    && alertsTo.isEmpty()
                    && directory.isEmpty()
                    && from.isEmpty()
                    && to.isEmpty()
                    && time.isEmpty();
        }

        private InvestigationFilter.Behind filter() {
            return new InvestigationFilter.Behind(
                    alertsFrom.map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant()),
                    alertsTo.map(
                            day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()),
                    directory.map(TenantId::new),
                    time);
        }

        private Address in(Address address) {
            return address.with(
                            "alerts_from", alertsFrom.map(LocalDate::toString).orElse(""))
                    .with("alerts_to", alertsTo.map(LocalDate::toString).orElse(""))
                    .with("directory", directory.map(UUID::toString).orElse(""))
                    .with("from", from.map(LocalDate::toString).orElse(""))
                    .with("to", to.map(LocalDate::toString).orElse(""))
                    .with("time", time.map(InvestigationTime::key).orElse(""));
        }

        private List<String> words() {
            var words = new ArrayList<String>();
            alertsFrom.ifPresent(day -> words.add("with an alert made on " + day + " or later (UTC)"));
            alertsTo.ifPresent(day -> words.add("with an alert made on " + day + " or before (UTC)"));
            directory.ifPresent(id -> words.add("with an alert of the directory " + id));
            from.ifPresent(day -> words.add("opened on " + day + " or later (UTC)"));
            to.ifPresent(day -> words.add("opened on " + day + " or before (UTC)"));
            time.ifPresent(one -> words.add("with a measured " + one.title().toLowerCase(Locale.ROOT)));
            return words;
        }

        /** The parameters of an address that say so, for the fields of a form. */
        public Map<String, String> parameters() {
            return in(Address.of("")).parameters();
        }
    }

    /** What is listed. */
    public enum Tab {
        ALL("All"),
        INVESTIGATIONS("Investigations"),
        INCIDENTS("Incidents");

        private final String title;

        Tab(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        public String key() {
            return this == ALL ? "" : name().toLowerCase(Locale.ROOT);
        }

        private Optional<Boolean> isIncident() {
            return this == ALL ? Optional.empty() : Optional.of(this == INCIDENTS);
        }
    }

    /** Whether they are still worked on. */
    public enum Status {
        OPEN("", "Open"),
        CLOSED("closed", "Closed"),
        ANY("any", "Open and closed");

        private final String key;
        private final String title;

        Status(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        private Optional<Boolean> isOpen() {
            return this == ANY ? Optional.empty() : Optional.of(this == OPEN);
        }
    }

    /** To whom they are assigned. */
    public enum Assigned {
        ANY("", "Anybody or nobody"),
        ME("me", "Me"),
        ORGANIZATION("organization", "The organization"),
        NOBODY("nobody", "Nobody");

        private final String key;
        private final String title;

        Assigned(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        private Assignment of(UUID me) {
            return switch (this) {
                case ANY -> new Assignment.Any();
                case ME -> new Assignment.To(me);
                case ORGANIZATION -> new Assignment.AnOrganization();
                case NOBODY -> new Assignment.Nobody();
            };
        }
    }

    static ActivityQuery from(QueryParameters asked) {
        return new ActivityQuery(
                asked.oneOf("show", "kind", Tab.values(), Tab::key).orElse(Tab.ALL),
                asked.oneOf("status", "status", Status.values(), Status::key).orElse(Status.OPEN),
                asked.oneOf("assigned", "assignment", Assigned.values(), Assigned::key)
                        .orElse(Assigned.ANY),
                asked.oneOf("decision", "decision", Decision.values(), each -> lower(each.name())),
                asked.oneOf("severity", "severity", Choices.SEVERITIES, ActivityQuery::lower)
                        .orElse(""),
                asked.text("text"),
                asked.oneOf("opened", "period", Opened.values(), Opened::key).orElse(Opened.ANY),
                Behind.from(asked),
                asked.oneOf("sort", "order", InvestigationOrder.values(), InvestigationOrder::key)
                        .orElse(InvestigationOrder.NEWEST),
                Place.of(asked.text("at")));
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    List<Column> columns(boolean withOrganization) {
        var columns = new ArrayList<>(List.of(
                Column.of("number", "Number").fixed(),
                Column.of("title", "Title").fixed(),
                sorted(
                        Column.of("severity", "Severity"),
                        InvestigationOrder.MOST_SEVERE,
                        InvestigationOrder.LEAST_SEVERE),
                Column.of("status", "Status"),
                Column.of("assignee", "Assigned to"),
                Column.of("alerts", "Alerts").number()));
        if (withOrganization) {
            columns.add(Column.of("organization", "Organization"));
        }
        columns.add(sorted(Column.of("opened", "Opened"), InvestigationOrder.NEWEST, InvestigationOrder.OLDEST));
        columns.add(sorted(
                Column.of("changed", "Changed"),
                InvestigationOrder.RECENTLY_CHANGED,
                InvestigationOrder.LONGEST_UNCHANGED));
        return columns;
    }

    private Column sorted(Column column, InvestigationOrder first, InvestigationOrder turned) {
        return column.sorting(address(), order.key(), first.key(), true, turned.key());
    }

    List<dev.gatehouse.workbench.web.frame.Tab> tabs(Investigations.Counts counts) {
        return Arrays.stream(Tab.values())
                .map(each -> {
                    var count =
                            switch (each) {
                                case ALL -> counts.all();
                                case INVESTIGATIONS -> counts.investigations();
                                case INCIDENTS -> counts.incidents();
                            };
                    return new dev.gatehouse.workbench.web.frame.Tab(
                            each == Tab.ALL ? "all" : each.key(),
                            each.title(),
                            tab(each),
                            counts.isWhole() ? OptionalLong.of(count) : OptionalLong.empty(),
                            each == tab);
                })
                .toList();
    }

    /** Whether a decision is asked for, which no open one has. */
    private Status effectiveStatus() {
        return decision.isPresent() && status == Status.OPEN ? Status.ANY : status;
    }

    InvestigationFilter filter(Instant now, UUID me) {
        return forCounts(now, me).withIncidents(tab.isIncident());
    }

    /** For the counts on the tabs. */
    InvestigationFilter forCounts(Instant now, UUID me) {
        return new InvestigationFilter(
                Optional.empty(),
                effectiveStatus().isOpen(),
                assigned.of(me),
                decision.map(Set::of).orElse(Set.of()),
                severity.isEmpty() ? Set.of() : Set.of(severity),
                text,
                behind.from()
                        .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
                        .or(() -> opened.length().map(now::minus)),
                behind.to()
                        .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()),
                behind.filter());
    }

    public boolean isFiltered() {
        return status != Status.OPEN
                || assigned != Assigned.ANY
                || decision.isPresent()
                || !severity.isEmpty()
                || !text.isEmpty()
                || opened != Opened.ANY
                || !behind.isAnything()
                || tab != Tab.ALL;
    }

    /** In words, what the list is narrowed to that no field of the form says. */
    public List<String> narrowedTo() {
        return behind.words();
    }

    /** This list's address, from its beginning. */
    public Address address() {
        return behind.in(Address.of(Links.ACTIVITY))
                .with("show", tab.key())
                .with("status", status.key)
                .with("assigned", assigned.key)
                .with("decision", lower(decision.map(Decision::name).orElse("")))
                .with("severity", lower(severity))
                .with("text", text)
                .with("opened", opened.key())
                .with("sort", order == InvestigationOrder.NEWEST ? "" : order.key());
    }

    /** This list with another tab. */
    public Address tab(Tab other) {
        return address().with("show", other.key());
    }

    /** This list from another place. */
    public Address at(Place other) {
        return address().with("at", other.text());
    }
}
