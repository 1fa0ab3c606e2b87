package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.1Z,2026-01-02T03:04:05.100Z",
        "2026-01-02T03:04:05.1234567Z,2026-01-02T03:04:05.123456700Z",
        "2026-01-02T05:04:05.1234567+02:00,2026-01-02T03:04:05.123456700Z",
        "2026-01-02T03:04:05.1234567,2026-01-02T03:04:05.123456700Z",
        "2026-01-02 03:04:05Z,2026-01-02T03:04:05Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z,9999-12-31T23:59:59.999999900Z",
    })
    void readsEveryFormThatMicrosoftWrites(String text, Instant instant) {
        assertThat(Times.read(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "today", "2026-13-01T00:00:00Z", "1767322800", "-0001-01-01T00:00:00Z"})
    void givesUpOnTheRest(String text) {
        assertThat(Times.read(text)).isEmpty();
    }

    @Test
    void givesUpOnYearsThatADatabaseCannotHold() {
        assertThat(Times.read("+294277-01-01T00:00:00Z")).isEmpty();
    }
}
