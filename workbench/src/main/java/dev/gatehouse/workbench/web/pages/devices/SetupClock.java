package dev.gatehouse.workbench.web.pages.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One of the two times that the setup guide lets a customer expect something within.
 *
 * @param title what is expected
 * @param from when the clock started
 * @param within how long it may take
 * @param reached when it happened
 * @param overdue whether it should have happened by now and has not
 */
public record SetupClock(String title, Instant from, Duration within, Optional<Instant> reached, boolean overdue) {

    static SetupClock polling(Instant from, Optional<Instant> firstPoll, Instant now) {
        return of("Polling begins within 15 minutes", from, Duration.ofMinutes(15), firstPoll, now);
    }

    static SetupClock data(Instant from, Optional<Instant> firstData, Instant now) {
        return of("Data is received within 30 minutes", from, Duration.ofMinutes(30), firstData, now);
    }

    private static SetupClock of(String title, Instant from, Duration within, Optional<Instant> reached, Instant now) {
        return new SetupClock(title, from, within, reached, reached.isEmpty() && now.isAfter(from.plus(within)));
    }

    public Instant due() {
        return from.plus(within);
    }

    public long seconds() {
        return within.toSeconds();
    }

    /** How much of the time is over, in seconds; the page counts on. */
    public long elapsed(Instant now) {
        return Math.clamp(Duration.between(from, now).toSeconds(), 0, seconds());
    }
}
