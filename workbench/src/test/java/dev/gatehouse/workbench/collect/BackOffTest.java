package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final BackOff backOff = new BackOff(SECOND, new Steady());

    @Test
    void takesWhatMicrosoftAsksForAsTheLeastAndGrowsWhileItRefuses() {
        assertThat(backOff.after(throttled(Duration.ofSeconds(30)))).isEqualTo(Duration.ofSeconds(30));
        assertThat(backOff.after(throttled(Duration.ZERO))).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.after(throttled(SECOND))).isEqualTo(Duration.ofSeconds(4));
        for (var refusal = 0; refusal < 20; refusal++) {
            backOff.after(throttled(SECOND));
        }
        assertThat(backOff.after(throttled(SECOND))).isEqualTo(Duration.ofMinutes(15));
        assertThat(backOff.after(throttled(Duration.ofHours(2)))).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void beginsAgainAfterASuccess() {
        backOff.after(throttled(SECOND));
        backOff.after(throttled(SECOND));
        backOff.afterSuccess(Duration.ZERO);

        assertThat(backOff.after(throttled(SECOND))).isEqualTo(SECOND);
    }

    @Test
    void comesBackToTheDatabaseWithinAMinuteHoweverSeldomMicrosoftIsAsked() {
        var fromDatabase = BackOff.fromDatabase(new Steady());

        assertThat(fromDatabase.afterFailure()).isEqualTo(SECOND);
        assertThat(fromDatabase.afterFailure()).isEqualTo(Duration.ofSeconds(2));
        for (var failure = 0; failure < 20; failure++) {
            fromDatabase.afterFailure();
        }
        assertThat(fromDatabase.afterFailure()).isEqualTo(Duration.ofMinutes(1));
    }

    private static Diagnosis throttled(Duration retryAfter) {
        return Diagnosis.of(Trouble.THROTTLED, "Too many requests.", "Wait.").withRetryAfter(retryAfter);
    }
}
