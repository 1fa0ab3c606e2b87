package dev.gatehouse.workbench.detections;

/** What somebody wants to do with a rule is not possible; the message says why and what is. Nothing was changed. */
public final class RuleRefused extends Exception {

    private static final long serialVersionUID = 1L;

    RuleRefused(String message) {
        super(message);
    }

    /** Why, and what to do. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
