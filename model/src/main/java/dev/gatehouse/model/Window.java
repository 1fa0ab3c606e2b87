package dev.gatehouse.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time that includes its start and not its end, so that neighbours share nothing and miss nothing.
 *
 * @param from the first instant inside
 * @param to the first instant after; never before {@code from}
 */
public record Window(Instant from, Instant to) {

    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A window cannot end (%s) before it starts (%s)".formatted(to, from));
        }
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    public boolean isEmpty() {
        return from.equals(to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** From its start to its middle. */
    public Window firstHalf() {
        return new Window(from, from.plus(length().dividedBy(2)));
    }

    /** What is left of this window from the given instant on. */
    public Window startingAt(Instant instant) {
        return new Window(instant, to);
    }

    @Override
    public String toString() {
        return "[%s, %s)".formatted(from, to);
    }
}
