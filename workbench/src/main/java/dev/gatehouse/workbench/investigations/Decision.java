package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.alerts.CloseReason;

/** What an investigation came to. Any of them closes it. */
public enum Decision {
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
    CLOSED("Closed");

    private final String title;

    Decision(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The reason for closing an alert that says the same. */
    public CloseReason closeReason() {
        return this == CLOSED ? CloseReason.OTHER : CloseReason.valueOf(name());
    }
}
