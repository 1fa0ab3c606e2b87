package dev.gatehouse.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimespanTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "P7D, 2026-11-16T12:00:00Z, 2026-11-23T12:00:00Z",
        "PT12H, 2026-11-23T00:00:00Z, 2026-11-23T12:00:00Z",
        "P1DT6H, 2026-11-22T06:00:00Z, 2026-11-23T12:00:00Z",
        "P2W, 2026-11-09T12:00:00Z, 2026-11-23T12:00:00Z",
        "2026-11-20T00:00:00Z/2026-11-21T00:00:00Z, 2026-11-20T00:00:00Z, 2026-11-21T00:00:00Z",
        "P1D/2026-11-21T00:00:00Z, 2026-11-20T00:00:00Z, 2026-11-21T00:00:00Z",
        "2026-11-20/P1D, 2026-11-20T00:00:00Z, 2026-11-21T00:00:00Z",
        "2026-11-20T06:00:00+02:00, 2026-11-20T04:00:00Z, 2026-11-23T12:00:00Z",
        "P90D, 2026-10-24T12:00:00Z, 2026-11-23T12:00:00Z",
        "P1M, 2026-10-24T12:00:00Z, 2026-11-23T12:00:00Z",
    })
    void reads(String text, Instant from, Instant to) throws Refused {
        assertThat(Timespan.parse(Optional.of(text), NOW)).isEqualTo(new Timespan(from, to));
    }

    @Test
    void looksBackThirtyDaysWhenNothingIsAsked() throws Refused {
        assertThat(Timespan.parse(Optional.empty(), NOW)).isEqualTo(new Timespan(NOW.minus(Duration.ofDays(30)), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "P", "7D", "P1D/P1D/P1D", "P1D/", "PT"})
    void refuses(String text) {
        assertThatThrownBy(() -> Timespan.parse(Optional.of(text), NOW)).hasMessageContaining("is not valid");
    }
}
