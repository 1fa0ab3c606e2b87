package dev.gatehouse.workbench.people;

import java.time.Instant;
import java.util.Optional;

/**
 * A token as those see it who manage it.
 *
 * @param token whose; never the token itself
 * @param createdAt when it was made
 * @param lastUsed when a program last came with it, to the minute
 * @param expires when it ends by itself
 * @param revoked when somebody ended it
 */
public record ListedToken(
        ApiToken token,
        Instant createdAt,
        Optional<Instant> lastUsed,
        Optional<Instant> expires,
        Optional<Instant> revoked) {

    /** Whether a program can come with it. */
    public boolean works(Instant now) {
        return state(now) == State.WORKS;
    }

    /** How it is doing. */
    public State state(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        }
        return expires.filter(end -> !now.isBefore(end)).isPresent() ? State.EXPIRED : State.WORKS;
    }

    /** How a token is doing. */
    public enum State {
        /** Programs can come with it. */
        WORKS,
        /** Its time is over. */
        EXPIRED,
        /** Somebody ended it. */
        REVOKED
    }
}
