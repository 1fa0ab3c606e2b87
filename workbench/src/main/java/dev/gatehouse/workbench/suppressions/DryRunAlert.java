package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.workbench.alerts.CloseReason;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * An alert that a suppression would have closed.
 *
 * @param alert its id
 * @param ending how it had ended when the dry run looked at it
 */
public record DryRunAlert(UUID alert, Ending ending) {

    /** How an alert ended, what somebody must know of first. */
    public enum Ending {
        INCIDENT(5, "Incident", "became part of an incident", "became part of incidents"),
        TRUE_POSITIVE(4, "True", "was true", "were true"),
        INVESTIGATION(3, "Investigation", "was investigated", "were investigated"),
        OPEN(2, "Open", "is not decided", "are not decided"),
        HARMLESS(1, "Closed", "was closed as false or harmless", "were closed as false or harmless"),
        SUPPRESSED(0, "Suppressed", "was closed by tuning or a suppression", "were closed by tuning or a suppression");

        private final int rank;
        private final String title;
        private final String one;
        private final String many;

        Ending(int rank, String title, String one, String many) {
            this.rank = rank;
            this.title = title;
            this.one = one;
            this.many = many;
        }

        /** Its number in the database and in places of lists, the worst 5. */
        int rank() {
            return rank;
        }

        static Ending of(int rank) {
            return Arrays.stream(values())
                    .filter(each -> each.rank == rank)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no ending " + rank));
        }

        /** The word on the screen. */
        public String title() {
            return title;
        }

        /** The word in the API, e.g. {@code true_positive}. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** How many ended so, e.g. {@code 2 were true}. */
        String words(long count) {
            return "%,d %s".formatted(count, count == 1 ? one : many);
        }

        /**
         * How an alert ended.
         *
         * @param isIncident whether it is in an incident
         * @param isInvestigated whether it is in an investigation
         */
        static Ending of(Optional<CloseReason> reason, boolean isIncident, boolean isInvestigated) {
            if (isIncident) {
                return INCIDENT;
            }
            if (reason.filter(Ending::isTrue).isPresent()) {
                return TRUE_POSITIVE;
            }
            if (isInvestigated) {
                return INVESTIGATION;
            }
            return reason.map(why -> why.isBySystem() ? SUPPRESSED : HARMLESS).orElse(OPEN);
        }

        /** Whether what the alert reports did happen, and was meant badly. */
        private static boolean isTrue(CloseReason reason) {
            return switch (reason) {
                case TRUE_POSITIVE, ATTACK_FAILED, ACTIVITY_BLOCKED, POLICY_VIOLATION -> true;
                case FALSE_POSITIVE,
                        BENIGN,
                        IT_MISCONFIGURATION,
                        TESTING,
                        PUP_PUA,
                        PHISHING_SIMULATION,
                        INCONCLUSIVE,
                        OTHER,
                        SUPPRESSED,
                        SUPPRESSED_NEW_DEVICE,
                        SUPPRESSED_THRESHOLD_EXCEEDED -> false;
            };
        }
    }
}
