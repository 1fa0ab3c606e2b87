package dev.gatehouse.workbench.detections;

/** A condition could not be worked out for a vendor alert. */
public final class ConditionFailed extends Exception {

    private static final long serialVersionUID = 1L;

    ConditionFailed(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** Why, in words. */
    public String reason() {
        var reason = getMessage();
        return reason == null ? "it failed" : reason;
    }
}
