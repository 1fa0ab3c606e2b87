package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a feed pauses until its next attempt. */
public final class BackOff {

    /** The longest pause after a failure, where polls are not further apart than that. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** The longest pause after a failure that passes by itself, such as an outage of Microsoft's: its end is soon noticed. */
    public static final Duration LONGEST_OF_PASSING = Duration.ofMinutes(2);

    private static final Duration OF_THE_DATABASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_OF_THE_DATABASE = Duration.ofMinutes(1);
    private static final Duration MISSING_TABLE = Duration.ofDays(1);

    /** Above this many doublings every interval has reached the longest pause. */
    private static final int MOST_DOUBLINGS = 20;

    private final Duration interval;
    private final Duration longest;
    private final Duration longestOfPassing;
    private final RandomGenerator random;
    private int failures;

    /**
     * Makes one for a feed.
     *
     * @param interval from one poll to the next when all is well
     * @param random spreads the feeds of many tenants, which otherwise would all ask at the same moment
     */
    public BackOff(Duration interval, RandomGenerator random) {
        this(interval, longer(interval, LONGEST), longer(interval, LONGEST_OF_PASSING), random);
    }

    private BackOff(Duration interval, Duration longest, Duration longestOfPassing, RandomGenerator random) {
        this.interval = interval;
        this.longest = longest;
        this.longestOfPassing = longestOfPassing;
        this.random = random;
    }

    /**
     * Makes one for our own database: a second at first and a minute at most, however seldom Microsoft is asked.
     *
     * @param random spreads the loops, which otherwise would all come back at the same moment
     */
    public static BackOff fromDatabase(RandomGenerator random) {
        return new BackOff(OF_THE_DATABASE, LONGEST_OF_THE_DATABASE, LONGEST_OF_THE_DATABASE, random);
    }

    /**
     * The pause after a success.
     *
     * @param took how much of the interval has passed already
     */
    public Duration afterSuccess(Duration took) {
        return afterSuccess(drawn(), took);
    }

    /** From the beginning of one poll to that of the next: chance takes up to a tenth. */
    Duration drawn() {
        return upToATenthLess(interval);
    }

    /**
     * The pause after a success.
     *
     * @param drawn how long it is from the beginning of this poll to that of the next
     * @param took how much of that has passed already
     */
    Duration afterSuccess(Duration drawn, Duration took) {
        failures = 0;
        var left = drawn.minus(took);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * The pause after a failure: longer each time, up to a quarter of an hour, or two minutes when it passes by itself, and
     * never shorter than Microsoft asked for. How long a tenant that throttles is left alone, all that ask it decide
     * together ({@link dev.gatehouse.workbench.budget.Pauses}); this adds nothing to that.
     */
    public Duration after(Diagnosis diagnosis) {
        var trouble = diagnosis.trouble();
        if (trouble == Trouble.TABLE_MISSING) {
            return MISSING_TABLE;
        }
        var growing = trouble == Trouble.THROTTLED
                ? upToATenthLess(interval)
                : growing(trouble.isPassing() ? longestOfPassing : longest);
        return diagnosis
                .retryAfter()
                .filter(least -> least.compareTo(growing) > 0)
                .orElse(growing);
    }

    /** The pause after a failure that nobody has a diagnosis for. */
    public Duration afterFailure() {
        return growing(longest);
    }

    private Duration growing(Duration most) {
        var doubled = interval.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return upToATenthLess(doubled.compareTo(most) > 0 ? most : doubled);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration upToATenthLess(Duration duration) {
        return duration.minusMillis((long) (duration.toMillis() * 0.1 * random.nextDouble()));
    }
}
