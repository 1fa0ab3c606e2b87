package dev.gatehouse.intake.http;

import java.time.Duration;
import java.time.Instant;

/** How a request can end. */
public sealed interface HttpOutcome {

    /** An answer came, whatever its status. */
    record Answered(Answer answer) implements HttpOutcome {}

    /**
     * None came, or not all of it.
     *
     * @param breakage what happened
     * @param host the host that was asked
     * @param took how long it took to fail
     * @param at when it failed, by this machine's clock
     */
    record Broken(Breakage breakage, String host, Duration took, Instant at) implements HttpOutcome {}
}
