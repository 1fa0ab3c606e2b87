package dev.gatehouse.cli.exit;

import org.jspecify.annotations.Nullable;

/** Ends a command: one line for the person, one number for the shell. The message names what failed and the cure. */
public final class Failure extends RuntimeException {

    private final ExitCode exitCode;

    public Failure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public Failure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
