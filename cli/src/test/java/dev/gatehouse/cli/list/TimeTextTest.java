package dev.gatehouse.cli.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.exit.Failure;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-11-23T11:58:30Z",
        "30m, 2026-11-23T11:30:00Z",
        "24h, 2026-11-22T12:00:00Z",
        "7d, 2026-11-16T12:00:00Z",
        "2026-11-01, 2026-11-01T00:00:00Z",
        "2026-11-01T10:00:00+02:00, 2026-11-01T08:00:00Z"
    })
    void understandsWhatPeopleWriteForATime(String text, Instant meant) {
        assertThat(TimeText.parse("--since", text, NOON)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "7", "2026-13-01", "2026-11-01T10:00"})
    void saysWhichTimesItUnderstands(String text) {
        assertThatThrownBy(() -> TimeText.parse("--since", text, NOON))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Use 30m, 24h, 7d");
    }
}
