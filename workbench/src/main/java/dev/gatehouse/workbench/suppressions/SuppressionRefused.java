package dev.gatehouse.workbench.suppressions;

/** What somebody wants to do with a suppression is not possible; the message says why, and what is. Nothing was changed. */
public class SuppressionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SuppressionRefused(String message) {
        super(message);
    }

    /** Why, and what to do. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
