package dev.gatehouse.workbench.alerts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How alerts ended, in the few groups that dashboards tell apart. */
public enum AlertEnding {
    /** An attack, whether it succeeded or not. */
    TRUE_POSITIVE("True positive"),
    /** It happened, and was meant to or does no harm. */
    BENIGN("Benign"),
    /** It did not happen. */
    FALSE_POSITIVE("False positive"),
    /** Nobody could tell. */
    UNDECIDED("Undecided"),
    /** Gatehouse closed it. */
    SUPPRESSED("Suppressed"),
    /** It has not ended. */
    OPEN("Open");

    private final String title;

    AlertEnding(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The word in addresses, e.g. {@code true_positive}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The group of a close reason.
     *
     * @param reason empty for what is not closed
     */
    public static AlertEnding of(Optional<CloseReason> reason) {
        return reason.map(AlertEnding::of).orElse(OPEN);
    }

    private static AlertEnding of(CloseReason reason) {
        return switch (reason) {
            case TRUE_POSITIVE, ATTACK_FAILED, ACTIVITY_BLOCKED, POLICY_VIOLATION -> TRUE_POSITIVE;
            case BENIGN, IT_MISCONFIGURATION, TESTING, PUP_PUA, PHISHING_SIMULATION -> BENIGN;
            case FALSE_POSITIVE -> FALSE_POSITIVE;
            case INCONCLUSIVE, OTHER -> UNDECIDED;
            case SUPPRESSED, SUPPRESSED_NEW_DEVICE, SUPPRESSED_THRESHOLD_EXCEEDED -> SUPPRESSED;
        };
    }

    /** The close reasons that are counted as it; none for {@link #OPEN}. */
    public Set<CloseReason> reasons() {
        return Arrays.stream(CloseReason.values())
                .filter(reason -> of(reason) == this)
                .collect(Collectors.toUnmodifiableSet());
    }
}
