package dev.gatehouse.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(HttpSettings.defaults())
                .isEqualTo(new HttpSettings(
                        Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5), 128 * 1024 * 1024, 256));
    }

    @Test
    void refusesATimeOutOfNothing() {
        var second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new HttpSettings(second, Duration.ZERO, second, 1, 1))
                .hasMessage("The read time-out must be more than nothing");
    }
}
