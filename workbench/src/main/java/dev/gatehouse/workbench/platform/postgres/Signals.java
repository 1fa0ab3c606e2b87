package dev.gatehouse.workbench.platform.postgres;

import java.io.IOException;

/** Java itself can only send TERM and KILL, and to PostgreSQL TERM means: wait until every client has left. */
final class Signals {

    private Signals() {}

    /** Sends a signal. That the process may have ended meanwhile is fine. */
    static void send(String signal, long pid) throws IOException, InterruptedException {
        // The shell's own kill, because slim container images have no other.
        new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(signal, pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
