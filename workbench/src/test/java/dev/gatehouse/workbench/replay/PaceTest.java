package dev.gatehouse.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private final Pace pace = new Pace(2, NINE);

    @Test
    void letsAMinutesWorthGoAtOnceAndThenOneAtATime() {
        assertThat(pace.take(NINE)).isZero();
        assertThat(pace.take(NINE)).isZero();
        assertThat(pace.take(NINE)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        assertThat(pace.take(NINE.plusSeconds(31))).isZero();
        assertThat(pace.take(NINE.plusSeconds(31))).isPositive();
    }

    @Test
    void neverSavesUpMoreThanAMinutesWorth() {
        var later = NINE.plus(Duration.ofHours(1));

        assertThat(pace.take(later)).isZero();
        assertThat(pace.take(later)).isZero();
        assertThat(pace.take(later)).isPositive();
    }

    @Test
    void losesNothingButTimeWhenTheClockIsSetBack() {
        pace.take(NINE);

        assertThat(pace.take(NINE.minus(Duration.ofHours(1)))).isZero();
        assertThat(pace.take(NINE.minus(Duration.ofHours(1)))).isPositive();
    }
}
