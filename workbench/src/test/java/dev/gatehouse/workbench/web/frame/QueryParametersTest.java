package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Severity;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    @Test
    void saysOfAValueThatThereIsNotThatItWasLeftOut() {
        var asked = QueryParameters.of(Map.of("severity", "hgih"));

        assertThat(severity(asked)).isEmpty();
        assertThat(asked.leftOut()).containsExactly("There is no severity 'hgih': it was left out.");
    }

    @Test
    void saysNothingOfValuesThatThereAre() {
        var asked = QueryParameters.of(Map.of("severity", "high", "text", " dcsync ", "device", "", "page", "3"));

        assertThat(severity(asked)).contains(Severity.HIGH);
        assertThat(asked.text("text")).isEqualTo("dcsync");
        assertThat(asked.id("device", "device")).isEmpty();
        assertThat(asked.page()).isEqualTo(3);
        assertThat(asked.leftOut()).isEmpty();
    }

    @Test
    void saysOfAFilterThatTheListDoesNotHaveThatItWasLeftOut() {
        var asked = QueryParameters.of(Map.of("sevrity", "high"));
        severity(asked);

        assertThat(asked.leftOut()).containsExactly("There is no filter 'sevrity' here: it was left out.");
    }

    @Test
    void readsTimesInTheZoneOfTheAddressAndInUtcWithoutOne() {
        var local = QueryParameters.of(Map.of("from", "2026-11-23T09:00", "zone", "Europe/Berlin"));
        assertThat(local.time("from", "start")).contains(Instant.parse("2026-11-23T08:00:00Z"));

        var utc = QueryParameters.of(Map.of("from", "2026-11-23T09:00"));
        assertThat(utc.time("from", "start")).contains(Instant.parse("2026-11-23T09:00:00Z"));

        var none = QueryParameters.of(Map.of("from", "yesterday"));
        assertThat(none.time("from", "start")).isEmpty();
        assertThat(none.leftOut()).singleElement().asString().contains("start 'yesterday' is no date and time");
    }

    @Test
    void keepsPageNumbersBetweenTheFirstAndAVeryLateOne() {
        assertThat(QueryParameters.of(Map.of("page", "-4")).page()).isEqualTo(1);
        assertThat(QueryParameters.of(Map.of("page", "2000000000")).page()).isEqualTo(100_000);

        var nonsense = QueryParameters.of(Map.of("page", "two"));
        assertThat(nonsense.page()).isEqualTo(1);
        assertThat(nonsense.leftOut()).containsExactly("There is no page 'two': it was left out.");
    }

    private static Optional<Severity> severity(QueryParameters asked) {
        return asked.oneOf(
                "severity", "severity", Severity.values(), each -> each.name().toLowerCase(Locale.ROOT));
    }
}
