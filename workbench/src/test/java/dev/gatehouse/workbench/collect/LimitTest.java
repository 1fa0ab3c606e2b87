package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.WorkbenchParts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock(WorkbenchParts.START);
    private final Limit<Integer> limit = new Limit<>(clock);

    @Test
    void knowsTheLeastThatDidNotComeWhileLessDid() {
        limit.failed(1_000);
        limit.failed(250);
        limit.came(62);

        assertThat(limit.known()).contains(250);
    }

    @Test
    void knowsNothingOfWhatFailedWhileNothingCame() {
        limit.failed(1_000);
        limit.doubt();
        limit.came(250);

        assertThat(limit.known()).isEmpty();
    }

    @Test
    void knowsNothingOfWhatCameAfterAll() {
        limit.failed(250);
        limit.came(250);

        assertThat(limit.known()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-P365D", "P365D"})
    void remembersItForAnHourWhateverIsDoneToTheComputersClock(Duration step) {
        limit.failed(250);
        limit.came(62);
        clock.step(step);

        clock.advance(HOUR.minusSeconds(1));
        assertThat(limit.known()).contains(250);

        clock.advance(Duration.ofSeconds(1));
        assertThat(limit.known()).isEmpty();
    }
}
