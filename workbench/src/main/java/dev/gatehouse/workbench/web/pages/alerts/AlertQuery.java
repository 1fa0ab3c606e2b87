package dev.gatehouse.workbench.web.pages.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.AlertEnding;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertFilter.Assignment;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.AlertStatus;
import dev.gatehouse.workbench.alerts.AlertTime;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Column;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Typed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which alerts somebody wants to see, as the address says it.
 *
 * @param text part of a name, an account, a host or an address
 * @param tab the severity, or what was tuned
 * @param state open ones, and so on
 * @param assignee whose: {@code me}, {@code nobody}, or the id of an account or organization; empty for anybody's
 * @param reason closed for that reason
 * @param period how far back
 * @param from made on that day (UTC) or later
 * @param to made on that day or before
 * @param rule of one rule
 * @param technique with one ATT&amp;CK technique
 * @param directory of one directory
 * @param suppression closed by one suppression when they were made
 * @param behind what a number of a dashboard counts
 * @param order the first row
 * @param place where in the list
 */
public record AlertQuery(
        String text,
        Tab tab,
        State state,
        String assignee,
        Optional<CloseReason> reason,
        Period period,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        String rule,
        String technique,
        Optional<UUID> directory,
        Optional<UUID> suppression,
        Behind behind,
        AlertOrder order,
        Optional<Place> place) {

    static final String PATH = Links.ALERTS;
    static final int ROWS = 50;

    private static final Set<CloseReason> TUNED = Set.of(
            CloseReason.SUPPRESSED_NEW_DEVICE, CloseReason.SUPPRESSED_THRESHOLD_EXCEEDED, CloseReason.SUPPRESSED);

    /**
     * What a number of a dashboard counts.
     *
     * @param isInvestigated only what is in an investigation
     * @param ending that ended so
     * @param time of which that time is measured
     * @param tactic with one ATT&amp;CK tactic
     */
    public record Behind(
            boolean isInvestigated, Optional<AlertEnding> ending, Optional<AlertTime> time, String tactic) {

        static Behind from(QueryParameters asked) {
            return new Behind(
                    asked.is("investigated", "value of 'investigated'", "yes"),
                    asked.oneOf("ending", "ending", AlertEnding.values(), AlertEnding::key),
                    asked.oneOf("time", "time", AlertTime.values(), AlertTime::key),
                    asked.text("tactic").toUpperCase(Locale.ROOT));
        }

        private boolean isAnything() {
            return !isInvestigated && ending.isEmpty() && time.isEmpty() && tactic.isEmpty();
        }

        private AlertFilter.Behind filter() {
            return new AlertFilter.Behind(isInvestigated, ending, time, tactic);
        }

        private Address in(Address address) {
            return address.with("investigated", isInvestigated ? "yes" : "")
                    .with("ending", ending.map(AlertEnding::key).orElse(""))
                    .with("time", time.map(AlertTime::key).orElse(""))
                    .with("tactic", tactic);
        }

        private List<String> words() {
            var words = new ArrayList<String>();
            if (isInvestigated) {
                words.add("in an investigation");
            }
            ending.ifPresent(one -> words.add("ended as: " + one.title()));
            time.ifPresent(one -> words.add("with a measured " + one.title().toLowerCase(Locale.ROOT)));
            if (!tactic.isEmpty()) {
                words.add("with the tactic " + brief(tactic));
            }
            return words;
        }

        /** The parameters of an address that say so, for the fields of a form. */
        public Map<String, String> parameters() {
            return in(Address.of("")).parameters();
        }
    }

    /** The tabs, worst first. */
    public enum Tab {
        ALL("", "All"),
        CRITICAL("critical", "Critical"),
        HIGH("high", "High"),
        MEDIUM("medium", "Medium"),
        LOW("low", "Low"),
        /** What was closed at once by tuning, or by a suppression. */
        TUNING("tuning", "Tuning");

        private final String key;
        private final String title;

        Tab(String key, String title) {
            this.key = key;
            this.title = title;
        }

        private Set<AlertSeverity> severities() {
            return switch (this) {
                case ALL, TUNING -> Set.of();
                case CRITICAL -> Set.of(AlertSeverity.CRITICAL);
                case HIGH -> Set.of(AlertSeverity.HIGH);
                case MEDIUM -> Set.of(AlertSeverity.MEDIUM);
                case LOW -> Set.of(AlertSeverity.LOW);
            };
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }
    }

    /** What an alert can be waiting for. */
    public enum State {
        ACTIVE("", "Open or in progress"),
        OPEN("open", "Open"),
        IN_PROGRESS("in_progress", "In progress"),
        CLOSED("closed", "Closed"),
        ANY("any", "Any status");

        private final String key;
        private final String title;

        State(String key, String title) {
            this.key = key;
            this.title = title;
        }

        private Set<AlertStatus> statuses() {
            return switch (this) {
                case ACTIVE -> Set.of(AlertStatus.OPEN, AlertStatus.IN_PROGRESS);
                case OPEN -> Set.of(AlertStatus.OPEN);
                case IN_PROGRESS -> Set.of(AlertStatus.IN_PROGRESS);
                case CLOSED -> Set.of(AlertStatus.CLOSED);
                case ANY -> Set.of();
            };
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }
    }

    /** How far back the list goes. */
    public enum Period {
        ANY("", "Any time", Duration.ZERO),
        DAY("24h", "Last 24 hours", Duration.ofDays(1)),
        WEEK("7d", "Last 7 days", Duration.ofDays(7)),
        MONTH("30d", "Last 30 days", Duration.ofDays(30));

        private final String key;
        private final String title;
        private final Duration length;

        Period(String key, String title, Duration length) {
            this.key = key;
            this.title = title;
            this.length = length;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }
    }

    static AlertQuery from(QueryParameters asked) {
        return new AlertQuery(
                asked.text("text"),
                asked.oneOf("severity", "severity", Tab.values(), Tab::key).orElse(Tab.ALL),
                asked.oneOf("status", "status", State.values(), State::key).orElse(State.ACTIVE),
                asked.text("assignee"),
                asked.oneOf("close_reason", "close reason", CloseReason.values(), AlertQuery::key),
                asked.oneOf("period", "period", Period.values(), Period::key).orElse(Period.ANY),
                asked.day("from", "day"),
                asked.day("to", "day"),
                asked.text("rule"),
                asked.text("technique").toUpperCase(Locale.ROOT),
                asked.id("directory", "directory"),
                asked.id("suppression", "suppression"),
                Behind.from(asked),
                asked.oneOf("sort", "order", AlertOrder.values(), AlertOrder::key)
                        .orElse(AlertOrder.NEWEST),
                Place.of(asked.text("place")));
    }

    /** A close reason as addresses have it, e.g. {@code benign}. */
    public static String key(CloseReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What to look for.
     *
     * @param me the account of whoever looks; empty when it is a program
     */
    AlertFilter filter(Instant now, Optional<UUID> me) {
        return filterOf(tab, now, me);
    }

    AlertFilter filterOf(Tab wanted, Instant now, Optional<UUID> me) {
        var tuning = wanted == Tab.TUNING;
        return new AlertFilter(
                wanted.severities(),
                tuning || reason.isPresent() ? Set.of(AlertStatus.CLOSED) : state.statuses(),
                reason.map(Set::of).orElse(tuning ? TUNED : Set.of()),
                assignment(me),
                text,
                directory.map(TenantId::new),
                rule,
                technique,
                Optional.empty(),
                suppression,
                from.map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
                        .or(() -> period == Period.ANY ? Optional.empty() : Optional.of(now.minus(period.length))),
                to.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()),
                behind.filter());
    }

    private Assignment assignment(Optional<UUID> me) {
        return switch (assignee) {
            case "" -> new Assignment.Any();
            case "nobody" -> new Assignment.Nobody();
            case "me" -> me.<Assignment>map(Assignment.To::new).orElseGet(Assignment.Nobody::new);
            default -> Typed.id(assignee).<Assignment>map(Assignment.To::new).orElseGet(Assignment.Any::new);
        };
    }

    public boolean isFiltered() {
        return !text.isEmpty()
                || tab != Tab.ALL
                || state != State.ACTIVE
                || !assignee.isEmpty()
                || reason.isPresent()
                || period != Period.ANY
                || from.isPresent()
                || to.isPresent()
                || !rule.isEmpty()
                || !technique.isEmpty()
                || directory.isPresent()
                || suppression.isPresent()
                || !behind.isAnything();
    }

    /** In words, what the list is narrowed to that no field of the form says. */
    public List<String> narrowedTo() {
        var words = new ArrayList<String>();
        from.ifPresent(day -> words.add("made on " + day + " or later (UTC)"));
        to.ifPresent(day -> words.add("made on " + day + " or before (UTC)"));
        directory.ifPresent(id -> words.add("of the directory " + id));
        if (!rule.isEmpty()) {
            words.add("made by the rule " + brief(rule));
        }
        if (!technique.isEmpty()) {
            words.add("with the technique " + brief(technique));
        }
        if (suppression.isPresent()) {
            words.add("closed by one suppression when they were made");
        }
        words.addAll(behind.words());
        return words;
    }

    private static String brief(String word) {
        return word.length() <= 80 ? word : word.substring(0, 80) + "…";
    }

    /** This list's address, from its beginning. */
    public Address address() {
        return behind.in(Address.of(PATH))
                .with("text", text)
                .with("severity", tab.key)
                .with("status", state.key)
                .with("assignee", assignee)
                .with("close_reason", reason.map(AlertQuery::key).orElse(""))
                .with("period", period.key)
                .with("from", from.map(LocalDate::toString).orElse(""))
                .with("to", to.map(LocalDate::toString).orElse(""))
                .with("rule", rule)
                .with("technique", technique)
                .with("directory", directory.map(UUID::toString).orElse(""))
                .with("suppression", suppression.map(UUID::toString).orElse(""))
                .with("sort", order == AlertOrder.NEWEST ? "" : order.key());
    }

    /** This list with another tab. */
    public Address tab(Tab other) {
        return address().with("severity", other.key);
    }

    /** This list from another place. */
    public Address at(Place other) {
        return address().with("place", other.text());
    }

    /** This very part of the list. */
    public Address here() {
        return address().with("place", place.map(Place::text).orElse(""));
    }

    /** The columns of the table. */
    public List<Column> columns() {
        return List.of(
                sorted(Column.of("severity", "Severity"), AlertOrder.MOST_SEVERE, AlertOrder.LEAST_SEVERE),
                Column.of("alert", "Alert").fixed(),
                Column.of("involved", "Who and where"),
                Column.of("organization", "Organization"),
                Column.of("status", "Status"),
                Column.of("assignee", "Assigned to"),
                Column.of("investigation", "Investigation"),
                sorted(Column.of("created", "Created"), AlertOrder.NEWEST, AlertOrder.OLDEST),
                sorted(Column.of("changed", "Changed"), AlertOrder.RECENTLY_CHANGED, AlertOrder.LONGEST_UNCHANGED));
    }

    private Column sorted(Column column, AlertOrder descending, AlertOrder ascending) {
        return column.sorting(address(), order.key(), descending.key(), true, ascending.key());
    }
}
