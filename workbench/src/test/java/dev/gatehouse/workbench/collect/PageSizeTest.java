package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.WorkbenchParts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSizeTest {

    private final SettableClock clock = new SettableClock(WorkbenchParts.START);
    private final PageSize size = new PageSize(100, clock);

    @Test
    void isWhatTheSettingsSayUntilThatDoesNotCome() {
        assertThat(size.current()).isEqualTo(100);

        size.halve();
        size.halve();

        assertThat(size.current()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-P365D", "P365D"})
    void keepsWhatWorksForAnHourWhateverIsDoneToTheComputersClock(Duration step) {
        size.halve();
        clock.step(step);

        clock.advance(Duration.ofMinutes(59));
        size.worked();
        assertThat(size.current()).isEqualTo(50);

        clock.advance(Duration.ofMinutes(1));
        size.worked();
        assertThat(size.current()).isEqualTo(100);
    }
}
