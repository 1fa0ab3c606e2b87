package dev.gatehouse.simulator.directory;

import java.util.concurrent.atomic.AtomicInteger;

/** Cuts the connection at one request to come: before it is carried out, or after it was and before the answer leaves. */
public final class Interruptions {

    /** When a connection is cut. */
    public enum When {
        BEFORE,
        AFTER,
        NEVER
    }

    private final AtomicInteger count = new AtomicInteger();
    private volatile int at = Integer.MAX_VALUE;
    private volatile When when = When.NEVER;

    /** Cuts at the request with that number, counting from now, the next one being number 1. */
    public void cut(int number, When moment) {
        count.set(0);
        at = number;
        when = moment;
    }

    /** Cuts no more. Returns how many requests came since the last order. */
    public int stop() {
        at = Integer.MAX_VALUE;
        return count.get();
    }

    When next() {
        return count.incrementAndGet() == at ? when : When.NEVER;
    }
}
