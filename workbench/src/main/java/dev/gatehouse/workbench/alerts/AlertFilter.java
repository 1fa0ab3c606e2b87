package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Which alerts to list. Everything that is set has to hold.
 *
 * @param severities of any of these; empty for all
 * @param statuses in any of these; empty for all
 * @param closeReasons closed for any of these; empty for all, whether closed or not
 * @param assignee of whom
 * @param text found in the name, ids, titles of vendor alerts, or a name of an account, host or address; empty for all
 * @param tenant of one directory
 * @param rule made by one rule; empty for all
 * @param technique with one ATT&amp;CK technique, or one below it; {@link Behind#NONE} for those without any, empty for all
 * @param investigation in one investigation
 * @param suppression closed by one suppression when they were made
 * @param from made then or later, by our clock
 * @param to made before
 * @param behind what a number of a dashboard counts
 */
public record AlertFilter(
        Set<AlertSeverity> severities,
        Set<AlertStatus> statuses,
        Set<CloseReason> closeReasons,
        Assignment assignee,
        String text,
        Optional<TenantId> tenant,
        String rule,
        String technique,
        Optional<UUID> investigation,
        Optional<UUID> suppression,
        Optional<Instant> from,
        Optional<Instant> to,
        Behind behind) {

    /**
     * What a number of a dashboard counts.
     *
     * @param isInvestigated only what is in an investigation
     * @param ending that ended so
     * @param time of which that time is measured
     * @param tactic with one ATT&amp;CK tactic; {@link #NONE} for those without any, empty for all
     */
    public record Behind(
            boolean isInvestigated, Optional<AlertEnding> ending, Optional<AlertTime> time, String tactic) {

        /** In the place of a tactic or a technique: those that have none. */
        public static final String NONE = "NONE";

        /** Anything. */
        public static final Behind ANYTHING = new Behind(false, Optional.empty(), Optional.empty(), "");
    }

    /** To whom it is assigned. */
    public sealed interface Assignment {
        /** To anybody or nobody. */
        record Any() implements Assignment {}

        /** To nobody. */
        record Nobody() implements Assignment {}

        /**
         * To one person or organization.
         *
         * @param id of the account or the organization
         */
        record To(UUID id) implements Assignment {}
    }

    /** All alerts. */
    public static final AlertFilter ALL = new AlertFilter(
            Set.of(),
            Set.of(),
            Set.of(),
            new Assignment.Any(),
            "",
            Optional.empty(),
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Behind.ANYTHING);

    public AlertFilter {
        severities = Set.copyOf(severities);
        statuses = Set.copyOf(statuses);
        closeReasons = Set.copyOf(closeReasons);
        text = text.strip();
    }

    /** The same with other severities. */
    public AlertFilter withSeverities(Set<AlertSeverity> wanted) {
        return but(draft -> draft.severities = wanted);
    }

    /** The same with other statuses. */
    public AlertFilter withStatuses(Set<AlertStatus> wanted) {
        return but(draft -> draft.statuses = wanted);
    }

    /** The same with another text. */
    public AlertFilter withText(String wanted) {
        return but(draft -> draft.text = wanted);
    }

    /** The same with one ATT&amp;CK technique, or one below it. */
    public AlertFilter withTechnique(String wanted) {
        return but(draft -> draft.technique = wanted);
    }

    /** The same of one investigation. */
    public AlertFilter ofInvestigation(UUID wanted) {
        return but(draft -> draft.investigation = Optional.of(wanted));
    }

    /** The same of one directory. */
    public AlertFilter ofTenant(TenantId wanted) {
        return but(draft -> draft.tenant = Optional.of(wanted));
    }

    /** The same, made from one moment to another. */
    public AlertFilter made(Instant first, Instant before) {
        return but(draft -> {
            draft.from = Optional.of(first);
            draft.to = Optional.of(before);
        });
    }

    private AlertFilter but(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return new AlertFilter(
                draft.severities,
                draft.statuses,
                closeReasons,
                assignee,
                draft.text,
                draft.tenant,
                rule,
                draft.technique,
                draft.investigation,
                suppression,
                draft.from,
                draft.to,
                behind);
    }

    /** What of a filter is changed by itself. */
    private static final class Draft {

        private Set<AlertSeverity> severities;
        private Set<AlertStatus> statuses;
        private String text;
        private Optional<TenantId> tenant;
        private String technique;
        private Optional<UUID> investigation;
        private Optional<Instant> from;
        private Optional<Instant> to;

        Draft(AlertFilter filter) {
            severities = filter.severities;
            statuses = filter.statuses;
            text = filter.text;
            tenant = filter.tenant;
            technique = filter.technique;
            investigation = filter.investigation;
            from = filter.from;
            to = filter.to;
        }
    }

    /** Whether only severity, status and scope matter, so that kept counters say how many there are. */
    boolean isCounted() {
        return assignee instanceof Assignment.Any
                && text.isEmpty()
                && tenant.isEmpty()
                && rule.isEmpty()
                && technique.isEmpty()
                && investigation.isEmpty()
                && suppression.isEmpty()
                && from.isEmpty()
                && to.isEmpty()
                && behind.equals(Behind.ANYTHING);
    }
}
