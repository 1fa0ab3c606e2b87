package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:31:05Z");

    private final Moments moments = new Moments(() -> NOW);

    @ParameterizedTest
    @CsvSource({
        "0, just now",
        "4, just now",
        "-3, just now",
        "5, 5 s ago",
        "59, 59 s ago",
        "60, 1 min ago",
        "3599, 59 min ago",
        "3600, 1 h ago",
        "172799, 47 h ago",
        "172800, 2 days ago",
        "-30, in 30 s",
        "-600, in 10 min"
    })
    void saysHowLongAgoInOneUnit(long seconds, String words) {
        assertThat(moments.ago(NOW.minusSeconds(seconds))).isEqualTo(words);
    }

    @Test
    void writesFullTimesInTheZoneOfTheReaderAndInUtcWithoutOne() {
        var at = Instant.parse("2026-01-02T03:04:05.999Z");
        var berlin = moments.in(ZoneId.of("Europe/Berlin"));
        assertThat(berlin.full(at)).isEqualTo("2026-01-02 04:04:05 CET");
        assertThat(berlin.hover(at)).isEqualTo("2026-01-02 04:04:05 CET · 2026-01-02 03:04:05 UTC");
        assertThat(berlin.field(at)).isEqualTo("2026-01-02T04:04:05");
        assertThat(moments.in(ZoneId.of("Etc/UTC")).hover(at)).isEqualTo("2026-01-02 03:04:05 UTC");
        assertThat(moments.full(Instant.parse("2026-01-02T03:04:05.999Z"))).isEqualTo("2026-01-02 03:04:05 UTC");
    }
}
