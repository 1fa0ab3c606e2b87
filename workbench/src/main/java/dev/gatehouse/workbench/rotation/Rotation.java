package dev.gatehouse.workbench.rotation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The last replacement of what a device signs in with.
 *
 * @param device whose
 * @param state how far it is
 * @param actor who began it
 * @param began when
 * @param ended when it was over
 * @param detail what came of it
 * @param cure what to do about a failure; empty otherwise
 */
public record Rotation(
        UUID device, State state, String actor, Instant began, Optional<Instant> ended, String detail, String cure) {

    /** Who begins a replacement that nobody asked for. */
    static final String GATEHOUSE = "Gatehouse";

    /** How far it is. */
    public enum State {
        /** Under way; or the process ended meanwhile. */
        RUNNING,
        DONE,
        FAILED
    }

    /** Whether nobody asked for it. */
    public boolean isByItself() {
        return actor.equals(GATEHOUSE);
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    public boolean isFailed() {
        return state == State.FAILED;
    }
}
