package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GraphTimeTest {

    @Test
    void writesSevenDigits() {
        assertThat(GraphTime.from(Instant.parse("2026-01-02T03:04:05Z"))).isEqualTo("2026-01-02T03:04:05.0000000Z");
        assertThat(GraphTime.to(Instant.parse("2026-01-02T03:04:05.1234567Z")))
                .isEqualTo("2026-01-02T03:04:05.1234567Z");
    }

    @Test
    void widensAWindowThatIsFinerThanMicrosoftsTick() {
        assertThat(GraphTime.from(Instant.parse("2026-01-02T03:04:05.123456789Z")))
                .isEqualTo("2026-01-02T03:04:05.1234567Z");
        assertThat(GraphTime.to(Instant.parse("2026-01-02T03:04:05.123456701Z")))
                .isEqualTo("2026-01-02T03:04:05.1234568Z");
        assertThat(GraphTime.to(Instant.parse("2026-12-31T23:59:59.999999999Z")))
                .isEqualTo("2027-01-01T00:00:00.0000000Z");
    }

    @Test
    void putsASpanOfWholeSecondsAroundAWindow() {
        assertThat(GraphTime.spanAround(
                        Instant.parse("2026-01-02T03:04:05.9Z"), Instant.parse("2026-01-02T04:00:00.1Z")))
                .isEqualTo("2026-01-02T03:04:05Z/2026-01-02T04:00:01Z");
    }
}
