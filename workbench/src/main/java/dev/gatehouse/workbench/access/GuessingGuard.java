package dev.gatehouse.workbench.access;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing. For one account from one network address five attempts are free; each further one has to wait,
 * 30 seconds at first and twice as long every time, up to 15 minutes. A success, or an hour of silence, forgets.
 *
 * <p>It counts by account and address together, so that a stranger cannot lock an analyst out from elsewhere.
 */
@Component
class GuessingGuard {

    private static final Logger log = LoggerFactory.getLogger(GuessingGuard.class);

    static final int FREE_ATTEMPTS = 5;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofHours(1);

    /** Guessers can invent accounts without end; memory stays bounded, and the longest unseen is forgotten first. */
    private static final int REMEMBERED = 10_000;

    private final MonotonicClock clock;
    private final Map<Who, Attempts> attempts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Attempts> eldest) {
            return size() > REMEMBERED;
        }
    };

    GuessingGuard(MonotonicClock clock) {
        this.clock = clock;
    }

    /**
     * Asks to try a password. The attempt is counted before it is made, so that many at the same time gain nothing.
     *
     * @return how long to wait instead; empty when the attempt may be made now
     */
    synchronized Optional<Duration> attempt(String email, String address) {
        var who = new Who(email.strip().toLowerCase(Locale.ROOT), address);
        var before = attempts.getOrDefault(who, Attempts.NONE);
        if (clock.since(before.last()).compareTo(MEMORY) > 0) {
            before = Attempts.NONE;
        }
        var left = clock.until(before.blockedUntil());
        if (before.count() > 0 && !left.isZero()) {
            return Optional.of(left);
        }
        var count = before.count() + 1;
        var pause = pauseAfter(count);
        if (!pause.isZero()) {
            log.warn(
                    "Pausing sign-ins to one account from {} for {} s after {} attempts",
                    address,
                    pause.toSeconds(),
                    count);
        }
        attempts.put(who, new Attempts(count, clock.nanos(), clock.after(pause)));
        return Optional.empty();
    }

    /** Forgets the attempts, because the right password was given. */
    synchronized void succeeded(String email, String address) {
        attempts.remove(new Who(email.strip().toLowerCase(Locale.ROOT), address));
    }

    private static Duration pauseAfter(int count) {
        if (count < FREE_ATTEMPTS) {
            return Duration.ZERO;
        }
        var doublings = Math.min(count - FREE_ATTEMPTS, 10);
        var pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private record Who(String email, String address) {}

    /** Moments are those of the clock that never steps: setting the computer's clock locks nobody out. */
    private record Attempts(int count, long last, long blockedUntil) {
        static final Attempts NONE = new Attempts(0, 0, 0);
    }
}
