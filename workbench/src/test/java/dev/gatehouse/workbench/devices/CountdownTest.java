package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountdownTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT1441H, FAR, expires in 60 days",
        "PT1440H, WITHIN_60_DAYS, expires in 60 days",
        "PT720H, WITHIN_30_DAYS, expires in 30 days",
        "PT336H, WITHIN_14_DAYS, expires in 14 days",
        "PT168H, WITHIN_7_DAYS, expires in 7 days",
        "PT25H, WITHIN_7_DAYS, expires in 25 hours",
        "PT24H, WITHIN_A_DAY, expires in 24 hours",
        "PT5M, WITHIN_A_DAY, expires in 5 minutes",
        "PT0S, EXPIRED, has expired",
        "PT-30H, EXPIRED, has expired"
    })
    void getsMorePressingTowardsTheEnd(Duration left, Countdown.Level level, String words) {
        var countdown = Countdown.of(Optional.of(NOW.plus(left)), NOW);

        assertThat(countdown.level()).isEqualTo(level);
        assertThat(countdown.words()).isEqualTo(words);
    }

    @Test
    void doesNotGuessWhenNobodySaidWhenItEnds() {
        var countdown = Countdown.of(Optional.empty(), NOW);

        assertThat(countdown.level()).isEqualTo(Countdown.Level.UNKNOWN);
        assertThat(countdown.days()).isEmpty();
        assertThat(countdown.level().isWorthANotice()).isFalse();
    }

    @Test
    void readsDaysAndTimesAndSaysHowToWriteThem() {
        assertThat(ExpiryText.parse(" 2028-11-22 ")).contains(Instant.parse("2028-11-22T00:00:00Z"));
        assertThat(ExpiryText.parse("2028-11-22T14:03:05.123Z")).contains(Instant.parse("2028-11-22T14:03:05Z"));
        assertThat(ExpiryText.parse("  ")).isEmpty();
        assertThatThrownBy(() -> ExpiryText.parse("22.11.2028")).hasMessageContaining("2028-11-22");
    }
}
