package dev.gatehouse.intake.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockDiagnosisTest {

    @ParameterizedTest
    @CsvSource({
        "PT6M, This server's clock is 6 minutes behind Microsoft's.",
        "PT-6M, This server's clock is 6 minutes ahead of Microsoft's.",
        "PT-3H, This server's clock is 3 hours ahead of Microsoft's.",
        "P400D, This server's clock is 400 days behind Microsoft's.",
    })
    void saysHowFarTheClockIsOff(Duration skew, String cause) {
        assertThat(ClockDiagnosis.of(skew)).hasValueSatisfying(diagnosis -> {
            assertThat(diagnosis.trouble()).isEqualTo(Trouble.CLOCK_SKEW);
            assertThat(diagnosis.cause()).isEqualTo(cause);
        });
    }

    @Test
    void toleratesFiveMinutes() {
        assertThat(ClockDiagnosis.of(Duration.ofMinutes(5))).isEmpty();
        assertThat(ClockDiagnosis.of(Duration.ofMinutes(-5))).isEmpty();
    }
}
