package dev.gatehouse.setup.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private final RetryPolicy retryPolicy = new RetryPolicy(
            () -> now,
            pause -> {
                pauses.add(pause);
                now = now.plus(pause);
            },
            Duration.ofMinutes(2));

    @Test
    void waitsLongerEachTimeAndTwoMinutesInAll() throws Exception {
        var wait = retryPolicy.begin();
        while (wait.again()) {
            assertThat(pauses).hasSizeLessThan(100);
        }

        assertThat(pauses).startsWith(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(105), Duration.ofMinutes(2));
    }

    @Test
    void waitsAsLongAsMicrosoftAsks() throws Exception {
        assertThat(retryPolicy.begin().again(Duration.ofSeconds(90))).isTrue();
        assertThat(pauses).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void isOverInTimeWhateverSomebodyDoesToTheClock() throws Exception {
        var passed = new AtomicLong();
        var patient = new RetryPolicy(
                () -> now,
                passed::get,
                pause -> {
                    pauses.add(pause);
                    passed.addAndGet(pause.toNanos());
                    now = now.minus(Duration.ofHours(1));
                },
                Duration.ofMinutes(2));
        var wait = patient.begin();
        while (wait.again()) {
            assertThat(pauses).hasSizeLessThan(100);
        }

        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(105), Duration.ofMinutes(2));
    }

    @Test
    void doesNotBeginAWaitThatIsLongerThanPatience() throws Exception {
        assertThat(retryPolicy.begin().again(Duration.ofMinutes(3))).isFalse();
        assertThat(pauses).isEmpty();
    }
}
