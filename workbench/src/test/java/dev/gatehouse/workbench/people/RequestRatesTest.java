package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RequestRatesTest extends ScreenTest {

    private static final UUID KEY = UUID.fromString("7d9cdd4d-0000-4000-8000-000000000001");

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private RequestRates rates;

    @Test
    void letsAMinutesWorthThroughAtOnceAndThenOneAtATime() {
        var time = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
        var counted = new RequestRates(time);
        useUp(counted, KEY);

        assertThat(counted.take(KEY)).contains(Duration.ofMillis(5));
        assertThat(counted.take(UUID.randomUUID())).isEmpty();
        time.advance(Duration.ofMillis(5));
        assertThat(counted.take(KEY)).isEmpty();
        assertThat(counted.take(KEY)).isPresent();
        time.advance(Duration.ofMinutes(1));
        useUp(counted, KEY);
        assertThat(counted.take(KEY)).isPresent();
    }

    private static void useUp(RequestRates counted, UUID key) {
        for (var request = 0; request < RequestRates.A_MINUTE; request++) {
            assertThat(counted.take(key)).isEmpty();
        }
    }

    @Test
    void tellsAProgramWhenToComeAgain() throws Exception {
        var drawn = tokens.draw();
        var token = tokens.add("A hasty script", Membership.ofProvider(Role.AUDITOR), drawn);
        useUp(rates, token.id());

        var answer = mvc.perform(get("/api/v2/vendor_alerts").header("Authorization", "Bearer " + drawn))
                .andReturn()
                .getResponse();

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.getContentAsString()).contains("ETOOMANY", "12000 requests a minute");
    }
}
