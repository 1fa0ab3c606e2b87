package dev.gatehouse.workbench.web.pages.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VendorAlertQueryTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void readsWhatTheAddressSays() {
        var query = query(Map.of(
                "text", " jdoe ", "severity", "high", "status", "open", "period", "24h", "sort", "title", "page", "3"));

        var filter = query.filter(NOW);
        assertThat(filter.text()).isEqualTo("jdoe");
        assertThat(filter.severities()).containsExactly(Severity.HIGH);
        assertThat(filter.statuses()).containsExactlyInAnyOrder(VendorAlertStatus.NEW, VendorAlertStatus.IN_PROGRESS);
        assertThat(filter.since()).contains(NOW.minus(Duration.ofDays(1)));
        assertThat(query.order()).isEqualTo(VendorAlertOrder.TITLE);
        assertThat(query.offset()).isEqualTo(100);
    }

    @Test
    void ignoresWhatMakesNoSense() {
        var query = query(Map.of(
                "device", "x", "severity", "purple", "status", "?", "period", "1y", "sort", "'; drop", "page", "-7"));

        assertThat(query.isFiltered()).isFalse();
        assertThat(query.order()).isEqualTo(VendorAlertOrder.NEWEST);
        assertThat(query.page()).isEqualTo(1);
    }

    @Test
    void writesItsAddressSoThatItCanBeReadAgain() {
        var query = query(Map.of("text", "a&b=\u00fc", "severity", "low", "page", "2"));

        assertThat(query.address()).hasToString("/vendor-alerts?text=a%26b%3D%C3%BC&severity=low");
        assertThat(query.tab(Severity.HIGH)).hasToString("/vendor-alerts?text=a%26b%3D%C3%BC&severity=high");
    }

    private static VendorAlertQuery query(Map<String, String> parameters) {
        return VendorAlertQuery.from(QueryParameters.of(parameters));
    }
}
