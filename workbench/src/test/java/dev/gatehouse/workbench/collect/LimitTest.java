package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.WorkbenchParts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock(WorkbenchParts.START);
    private final Limit<Integer> limit = new Limit<>(clock);

    @Test
    void isFoundWhenAsMuchFailsTwiceWhileLessComes() {
        failsAndLessComes(1_000);
        assertThat(limit.known()).isEmpty();

        failsAndLessComes(1_000);
        assertThat(limit.known()).contains(1_000);
    }

    @Test
    void isTheLeastThatFailedTwice() {
        failsAndLessComes(1_000);
        failsAndLessComes(250);
        failsAndLessComes(500);

        assertThat(limit.known()).contains(250);
    }

    @Test
    void takesWhatFailedOnceForChanceWhenAsMuchComesAfterAll() {
        failsAndLessComes(250);
        limit.came(250);
        failsAndLessComes(250);

        assertThat(limit.known()).isEmpty();
    }

    @Test
    void isGoneWhenAsMuchComes() {
        isFoundAt(250);

        limit.came(250);

        assertThat(limit.known()).isEmpty();
    }

    @Test
    void knowsNothingOfWhatFailedWhileNothingCame() {
        for (var outage = 0; outage < 3; outage++) {
            limit.failed(1_000);
            limit.doubt();
            limit.came(250);
        }

        assertThat(limit.known()).isEmpty();
    }

    @Test
    void knowsNothingOfWhatCameAfterAll() {
        for (var time = 0; time < 3; time++) {
            limit.failed(250);
            limit.came(250);
        }

        assertThat(limit.known()).isEmpty();
    }

    @Test
    void isKeptTwiceAsLongEachTimeItIsFoundWhereItWasUpToAnHour() {
        isFoundAt(250);
        for (var kept : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            clock.advance(Duration.ofMinutes(kept).minusSeconds(1));
            assertThat(limit.known()).contains(250);
            clock.advance(Duration.ofSeconds(1));
            assertThat(limit.known()).isEmpty();

            failsAndLessComes(250);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-P365D", "P365D"})
    void isKeptAsLongWhateverIsDoneToTheComputersClock(Duration step) {
        isFoundAt(250);
        clock.step(step);

        clock.advance(MINUTE.minusSeconds(1));
        assertThat(limit.known()).contains(250);

        clock.advance(Duration.ofSeconds(1));
        assertThat(limit.known()).isEmpty();
    }

    private void isFoundAt(int size) {
        failsAndLessComes(size);
        failsAndLessComes(size);
    }

    private void failsAndLessComes(int size) {
        limit.failed(size);
        limit.came(size / 4);
    }
}
