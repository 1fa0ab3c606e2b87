package dev.gatehouse.workbench.onboard;

/** A run cannot go on. The run turns it into the way in which it ended. */
final class RunFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Says why.
     *
     * @param reason what was tried, why it failed and what helps, without secrets
     */
    RunFailed(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
