package dev.gatehouse.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command: one line for the person, one number for the shell. The message names what failed and the cure. */
final class Failure extends RuntimeException {

    private final ExitCode exitCode;

    Failure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    Failure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
