package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerbatimTest {

    @ParameterizedTest
    @CsvSource({"inProgress, IN_PROGRESS", "InProgress, IN_PROGRESS", "new, NEW", "NEW, NEW"})
    void readsMicrosoftsSpellings(String written, VendorAlertStatus member) {
        assertThat(Verbatim.of(VendorAlertStatus.class, written).is(member)).isTrue();
    }

    @Test
    void keepsAWordThatIsNewToUs() {
        var status = Verbatim.of(VendorAlertStatus.class, "quarantinedByCopilot");

        assertThat(status.known()).isEmpty();
        assertThat(status).hasToString("quarantinedByCopilot");
    }
}
