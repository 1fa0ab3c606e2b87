package dev.gatehouse.setup.signin;

/** The administrator did not get in. Without a token nothing can go on, so it ends the command. */
public final class AdminSignInFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    AdminSignInFailed(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What Microsoft said, and what helps. */
    public String reason() {
        return reason;
    }
}
