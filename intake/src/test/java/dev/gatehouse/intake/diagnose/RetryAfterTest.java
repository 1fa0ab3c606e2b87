package dev.gatehouse.intake.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String DATE = "Mon, 23 Nov 2026 09:00:00 GMT";

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "1 | PT1S",
                "' 10 ' | PT10S",
                "007 | PT7S",
                "2.5 | PT3S",
                "2.0 | PT2S",
                ".2 | PT1S",
                "-5 | PT0S",
                "-0.5 | PT0S",
                "86400 | PT24H",
                "86401 | PT24H",
                "999999999 | PT24H",
                "99999999999999999999999999 | PT24H",
                "Mon, 23 Nov 2026 09:00:40 GMT | PT40S",
                "Mon, 23 Nov 2020 09:00:40 GMT | PT0S",
                "Sat, 23 Nov 2126 09:00:40 GMT | PT24H",
            })
    void readsSecondsAndDatesAndBoundsThem(String header, Duration pause) {
        for (var status : new int[] {429, 500, 502, 503, 504}) {
            assertThat(RetryAfter.of(Answers.answer(status, "", "Date", DATE, "Retry-After", header)))
                    .contains(pause);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", " ", "-", ".", "1e9", "10 s", "0x10", "1,5", "NaN", "٣"})
    void makesNothingOfWhatIsNeither(String header) {
        assertThat(RetryAfter.of(Answers.answer(429, "", "Date", DATE, "Retry-After", header)))
                .isEmpty();
    }

    @Test
    void measuresADateByMicrosoftsClockAndWithoutOneByOurs() {
        assertThat(RetryAfter.of(Answers.answer(429, "", "Retry-After", "Mon, 23 Nov 2026 12:08:00 GMT")))
                .contains(Duration.ofSeconds(30));
    }
}
