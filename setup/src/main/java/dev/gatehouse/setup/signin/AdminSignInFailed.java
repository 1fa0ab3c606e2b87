package dev.gatehouse.setup.signin;

/** The administrator did not get in. Without a token nothing can go on, so it ends the command. */
public final class AdminSignInFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean isUnreachable;

    AdminSignInFailed(String reason, boolean isUnreachable) {
        super(reason);
        this.reason = reason;
        this.isUnreachable = isUnreachable;
    }

    /** Whether no answer came from Microsoft at all. */
    public boolean isUnreachable() {
        return isUnreachable;
    }

    /** What Microsoft said, and what helps. */
    public String reason() {
        return reason;
    }
}
