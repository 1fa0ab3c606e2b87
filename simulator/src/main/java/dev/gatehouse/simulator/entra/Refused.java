package dev.gatehouse.simulator.entra;

/** Ends a sign-in from wherever the fault was found; caught where the answer is written. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final SignInError error;

    Refused(SignInError error, Object... details) {
        // Without a stack trace: it is an outcome, found again in the answer, and costs nothing this way.
        super(error.describe(details), null, false, false);
        this.error = error;
    }

    SignInError error() {
        return error;
    }

    String description() {
        return String.valueOf(getMessage());
    }
}
