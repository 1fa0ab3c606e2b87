package dev.gatehouse.cli.exit;

/** What the shell is told. Scripts rely on the numbers; {@code docs/cli.md} lists them. */
public enum ExitCode {
    OK(0),
    /** The command ran, but some of what it looked at is not well: a check, a row of an import, a child of the demo. */
    SOME_FAILED(1),
    /** Wrong usage, or input that was not accepted. */
    BAD_INPUT(2),
    /** No Workbench answered. */
    NOT_REACHABLE(3),
    /** No token, a token that is not accepted, or one whose role does not allow this. */
    NOT_AUTHORISED(4),
    NOT_FOUND(5),
    ALREADY_EXISTS(6),
    /** The Workbench answered with an error of its own, or with something that is no answer. */
    SERVER_ERROR(7),
    /** Something could not be started: no JDK, a failed build, a port that is taken. */
    NOT_STARTED(8);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
