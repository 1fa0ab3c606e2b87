package dev.gatehouse.workbench.alerts;

import java.util.Arrays;
import java.util.List;

/** Why an alert was closed. */
public enum CloseReason {
    TRUE_POSITIVE("True positive"),
    FALSE_POSITIVE("False positive"),
    BENIGN("Benign"),
    ATTACK_FAILED("Attack failed"),
    ACTIVITY_BLOCKED("Activity blocked"),
    POLICY_VIOLATION("Policy violation"),
    IT_MISCONFIGURATION("IT misconfiguration"),
    TESTING("Testing"),
    PUP_PUA("Unwanted software"),
    PHISHING_SIMULATION("Phishing simulation"),
    INCONCLUSIVE("Inconclusive"),
    OTHER("Other"),
    SUPPRESSED("Suppressed", true),
    SUPPRESSED_NEW_DEVICE("Suppressed: new device", true),
    SUPPRESSED_THRESHOLD_EXCEEDED("Suppressed: too many", true);

    private final String title;
    private final boolean bySystem;

    CloseReason(String title) {
        this(title, false);
    }

    CloseReason(String title, boolean bySystem) {
        this.title = title;
        this.bySystem = bySystem;
    }

    public String title() {
        return title;
    }

    /** Whether Gatehouse gives it, and no person. */
    public boolean isBySystem() {
        return bySystem;
    }

    /** Those that people choose from. */
    public static List<CloseReason> ofPeople() {
        return Arrays.stream(values()).filter(reason -> !reason.bySystem).toList();
    }
}
