package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackOffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final BackOff backOff = new BackOff(SECOND, new Steady());

    @Test
    void growsToAQuarterOfAnHourWhileAPersonHasToAct() {
        assertThat(backOff.after(failure(Trouble.BAD_SECRET))).isEqualTo(SECOND);
        assertThat(backOff.after(failure(Trouble.BAD_SECRET))).isEqualTo(Duration.ofSeconds(2));
        assertThat(afterTwentyMore(failure(Trouble.BAD_SECRET))).isEqualTo(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"UNREACHABLE", "BROKEN_OFF", "TIMED_OUT", "MICROSOFT_ERROR", "UNREADABLE_ANSWER", "PAGING_FAILED"})
    void comesBackWithinTwoMinutesFromWhatPassesByItself(Trouble trouble) {
        assertThat(backOff.after(failure(trouble))).isEqualTo(SECOND);
        assertThat(afterTwentyMore(failure(trouble))).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void addsNothingToHowLongMicrosoftAsksToBeLeftAlone() {
        for (var refusal = 0; refusal < 20; refusal++) {
            assertThat(backOff.after(throttled(Duration.ofSeconds(30)))).isEqualTo(Duration.ofSeconds(30));
            assertThat(backOff.after(throttled(Duration.ZERO))).isEqualTo(SECOND);
        }
        assertThat(backOff.after(throttled(Duration.ofHours(2)))).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void beginsAgainAfterASuccess() {
        backOff.after(failure(Trouble.TIMED_OUT));
        backOff.after(failure(Trouble.TIMED_OUT));
        backOff.afterSuccess(Duration.ZERO);

        assertThat(backOff.after(failure(Trouble.TIMED_OUT))).isEqualTo(SECOND);
    }

    private Duration afterTwentyMore(Diagnosis diagnosis) {
        for (var time = 0; time < 20; time++) {
            backOff.after(diagnosis);
        }
        return backOff.after(diagnosis);
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

    private static Diagnosis failure(Trouble trouble) {
        return Diagnosis.of(trouble, "It failed.", "Nothing to do.");
    }

    private static Diagnosis throttled(Duration retryAfter) {
        return Diagnosis.of(Trouble.THROTTLED, "Too many requests.", "Wait.").withRetryAfter(retryAfter);
    }
}
