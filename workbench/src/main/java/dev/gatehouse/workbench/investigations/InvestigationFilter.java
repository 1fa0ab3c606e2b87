package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which investigations to list. Everything that is set has to hold.
 *
 * @param isIncident only incidents, or only what is none; empty for both
 * @param isOpen only open ones, or only closed ones; empty for both
 * @param assignee of whom
 * @param decisions that came to any of these; empty for all
 * @param severities of any of these, as analysts see it; empty for all
 * @param text found in number, title or names of alerts; empty for all
 * @param from opened then or later, by our clock
 * @param to opened before
 * @param behind what a number of a dashboard counts
 */
public record InvestigationFilter(
        Optional<Boolean> isIncident,
        Optional<Boolean> isOpen,
        Assignment assignee,
        Set<Decision> decisions,
        Set<String> severities,
        String text,
        Optional<Instant> from,
        Optional<Instant> to,
        Behind behind) {

    /**
     * What a number of a dashboard counts.
     *
     * @param alertsFrom with an alert that was made then or later
     * @param alertsTo with an alert that was made before
     * @param directory with an alert of one directory
     * @param time of which that time is measured
     */
    public record Behind(
            Optional<Instant> alertsFrom,
            Optional<Instant> alertsTo,
            Optional<TenantId> directory,
            Optional<InvestigationTime> time) {

        /** Anything. */
        public static final Behind ANYTHING =
                new Behind(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        boolean hasAlerts() {
            return alertsFrom.isPresent() || alertsTo.isPresent() || directory.isPresent();
        }
    }

    /** To whom it is assigned. */
    public sealed interface Assignment {
        /** To anybody or nobody. */
        record Any() implements Assignment {}

        /** To nobody. */
        record Nobody() implements Assignment {}

        /** To an organization as a whole. */
        record AnOrganization() implements Assignment {}

        /**
         * To one person or organization.
         *
         * @param id of the account or the organization
         */
        record To(UUID id) implements Assignment {}
    }

    /** All of them. */
    public static final InvestigationFilter ALL = new InvestigationFilter(
            Optional.empty(),
            Optional.empty(),
            new Assignment.Any(),
            Set.of(),
            Set.of(),
            "",
            Optional.empty(),
            Optional.empty());

    /** Whatever numbers of dashboards count. */
    public InvestigationFilter(
            Optional<Boolean> isIncident,
            Optional<Boolean> isOpen,
            Assignment assignee,
            Set<Decision> decisions,
            Set<String> severities,
            String text,
            Optional<Instant> from,
            Optional<Instant> to) {
        this(isIncident, isOpen, assignee, decisions, severities, text, from, to, Behind.ANYTHING);
    }

    public InvestigationFilter {
        decisions = Set.copyOf(decisions);
        severities = Set.copyOf(severities);
        text = text.strip();
    }

    /** The same of incidents, of others, or of both. */
    public InvestigationFilter withIncidents(Optional<Boolean> wanted) {
        return new InvestigationFilter(wanted, isOpen, assignee, decisions, severities, text, from, to, behind);
    }

    /** The same with another text. */
    public InvestigationFilter withText(String wanted) {
        return new InvestigationFilter(isIncident, isOpen, assignee, decisions, severities, wanted, from, to);
    }

    /** Whether only the standing, the status and the scope matter, so that kept counters say how many there are. */
    boolean isCounted() {
        return assignee instanceof Assignment.Any
                && decisions.isEmpty()
                && severities.isEmpty()
                && text.isEmpty()
                && from.isEmpty()
                && to.isEmpty()
                && behind.equals(Behind.ANYTHING);
    }
}
