package dev.gatehouse.workbench.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * That history is read again because a rule has changed: first only to see what would become different.
 *
 * @param id ours
 * @param rule the rule that it is about
 * @param from vendor alerts that joined an alert then or later
 * @param to or before
 * @param state how far it is
 * @param requested when
 * @param requestedBy by whom
 * @param progress how much of it is done
 * @param summary what was found
 */
public record Reread(
        UUID id,
        String rule,
        Instant from,
        Instant to,
        State state,
        Instant requested,
        String requestedBy,
        Progress progress,
        Summary summary) {

    /** How far it is. */
    public enum State {
        /** It looks what would become different. */
        LOOKING("Looking"),
        /** It has looked; nothing was changed. */
        LOOKED("Looked"),
        /** It changes what it has found. */
        APPLYING("Applying"),
        /** All that was found is changed or noted. */
        APPLIED("Applied"),
        /** Somebody has stopped it. */
        STOPPED("Stopped");

        private final String title;

        State(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** Whether it is being worked on. */
        public boolean isUnderWay() {
            return this == LOOKING || this == APPLYING;
        }
    }

    /** What would become different about a vendor alert. */
    public enum Difference {
        OTHER_RULE("Taken by another rule"),
        OTHER_ALERT("Joined by something else"),
        SEVERITY("Another severity");

        private final String title;

        Difference(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * How much is done.
     *
     * @param directories how many there are
     * @param directoriesDone how many of them are done with the present step
     * @param lookedAt how many vendor alerts were looked at
     * @param failed how many of these cannot be read any more, or the rules fail at
     */
    public record Progress(long directories, long directoriesDone, long lookedAt, long failed) {}

    /**
     * What was found.
     *
     * @param moves how many vendor alerts one rule would take instead of another, or in another way; the most first
     * @param newAlerts how many alerts would be made
     * @param touched how many vendor alerts are in alerts that somebody has worked on, which are only told
     * @param changed how many were changed
     * @param noted how many were noted
     */
    public record Summary(List<Move> moves, long newAlerts, long touched, long changed, long noted) {

        public Summary {
            moves = List.copyOf(moves);
        }

        /** How many vendor alerts would be taken in another way. */
        public long vendorAlerts() {
            return moves.stream().mapToLong(Move::vendorAlerts).sum();
        }
    }

    /**
     * What would become different in the same way.
     *
     * @param difference in which way
     * @param fromRule that takes them now
     * @param toRule that would take them
     * @param vendorAlerts how many
     */
    public record Move(Difference difference, String fromRule, String toRule, long vendorAlerts) {}

    /**
     * A vendor alert that would be taken in another way.
     *
     * @param tenant its directory
     * @param vendorAlert its id
     * @param title of the alert that it belongs to
     * @param alert that alert
     * @param fromSeverity what the rule made of it
     * @param toSeverity what the rules would make of it
     * @param isUntouched whether nobody had worked on the alert
     * @param result what was done about it: {@code CHANGED}, {@code NOTED} or {@code OBSOLETE}; empty when nothing was yet
     */
    public record Finding(
            dev.gatehouse.model.TenantId tenant,
            String vendorAlert,
            String title,
            UUID alert,
            Move move,
            String fromSeverity,
            String toSeverity,
            boolean isUntouched,
            Optional<String> result) {}
}
