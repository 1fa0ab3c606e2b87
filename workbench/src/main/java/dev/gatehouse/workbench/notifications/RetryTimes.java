package dev.gatehouse.workbench.notifications;

import java.time.Duration;
import java.util.Optional;

/** When a delivery that failed is tried again: after 1, 8, 27, 64 and 125 minutes. */
final class RetryTimes {

    private static final int MOST = 5;

    private RetryTimes() {}

    /**
     * The pause before the next attempt.
     *
     * @param failed how many have failed, at least one
     * @return empty when there is to be none
     */
    static Optional<Duration> after(int failed) {
        return failed > MOST ? Optional.empty() : Optional.of(Duration.ofMinutes((long) failed * failed * failed));
    }
}
