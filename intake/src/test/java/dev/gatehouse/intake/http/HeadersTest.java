package dev.gatehouse.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {

    @Test
    void findsNamesInAnyCaseAndPassesOverBlankValues() {
        var headers = new Headers(Map.of("Retry-After", List.of(" ", "7")));

        assertThat(headers.first("retry-after")).contains("7");
        assertThat(headers.first("date")).isEmpty();
    }

    @Test
    void readsTheOtherSidesClock() {
        var headers = new Headers(Map.of("date", List.of("Mon, 23 Nov 2026 12:00:00 GMT")));

        assertThat(headers.date()).contains(Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(new Headers(Map.of("date", List.of("now"))).date()).isEmpty();
    }
}
