package dev.gatehouse.simulator.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The time that a change takes until every server knows it. Microsoft answers a write at once, and reads and references
 * may miss it for a while. Here all of them miss it until the delay is over, which is the worst case. No delay unless a
 * test asks for one.
 */
public final class Replication {

    private record Change(Instant due, Runnable happening) {}

    private final InstantSource clock;
    private final Object lock;
    private final Deque<Change> changes = new ArrayDeque<>();
    private Duration delay = Duration.ZERO;
    private int unknownReferences;

    /**
     * Nothing waits yet.
     *
     * @param lock guards what the changes change
     */
    Replication(InstantSource clock, Object lock) {
        this.clock = clock;
        this.lock = lock;
    }

    /** From now on, changes take that long. */
    public void delay(Duration howLong) {
        synchronized (lock) {
            this.delay = howLong;
        }
    }

    /** The next so many consents find that the server which answers does not know what they refer to. */
    public void refuseReferences(int times) {
        synchronized (lock) {
            this.unknownReferences = times;
        }
    }

    /** Whether the server that answers does not know what is referred to; each time is counted. */
    boolean isReferenceUnknown() {
        synchronized (lock) {
            return unknownReferences > 0 && unknownReferences-- > 0;
        }
    }

    /** Lets a change happen, after the delay. */
    void later(Runnable happening) {
        synchronized (lock) {
            changes.add(new Change(clock.instant().plus(delay), happening));
            settle();
        }
    }

    /** Lets happen what is due. Changes never overtake each other. */
    void settle() {
        synchronized (lock) {
            var now = clock.instant();
            for (var next = changes.peek(); next != null && !next.due().isAfter(now); next = changes.peek()) {
                changes.remove();
                next.happening().run();
            }
        }
    }
}
