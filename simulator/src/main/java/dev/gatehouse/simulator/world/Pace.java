package dev.gatehouse.simulator.world;

import java.time.Duration;

/**
 * How fast things happen in a pretend tenant from its start on. What lies before the start, its history, was always
 * played at {@link #REAL} pace.
 *
 * @param storyMinute how long a minute of an attack's script takes
 * @param pauseBetweenStories from the last alert of one story to the beginning of the next, about
 * @param routineEvery how often an ordinary sign-in or query leaves a row, about
 * @param lateBy how long a record that shows late stays hidden, about; keep it below the reader's overlap
 */
public record Pace(Duration storyMinute, Duration pauseBetweenStories, Duration routineEvery, Duration lateBy) {

    /** An attack takes its time, and there are hours of peace between two. */
    public static final Pace REAL =
            new Pace(Duration.ofMinutes(1), Duration.ofHours(5), Duration.ofMinutes(10), Duration.ofMinutes(5));

    /** Five seconds for a minute: a new alert about every 10 to 20 seconds. */
    public static final Pace DEMO =
            new Pace(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(4), Duration.ofSeconds(50));

    /** Refuses durations that are not positive: time would stand still. */
    public Pace {
        for (var duration : new Duration[] {storyMinute, pauseBetweenStories, routineEvery, lateBy}) {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("A pace needs positive durations, not " + duration);
            }
        }
    }

    /** So many minutes of a script at this pace. */
    Duration minutes(double minutes) {
        return Duration.ofNanos(Math.round(storyMinute.toNanos() * minutes / 100) * 100);
    }
}
