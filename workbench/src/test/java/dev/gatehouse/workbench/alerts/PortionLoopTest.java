package dev.gatehouse.workbench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.alerts.PortionLoop.Pace;
import dev.gatehouse.workbench.processes.NoSleep;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortionLoopTest {

    private static final Pace PACE = new Pace(Duration.ofMinutes(4), Duration.ofSeconds(2), Duration.ofSeconds(30));

    private final Deque<BooleanSupplier> portions = new ArrayDeque<>();
    private final PortionLoop loop = new PortionLoop(PACE, new Random(7), new NoSleep()) {
        @Override
        boolean next() {
            var portion = portions.poll();
            return portion != null && portion.getAsBoolean();
        }

        @Override
        protected String name() {
            return "Taking portions";
        }
    };

    private Duration pause() throws InterruptedException {
        return loop.attempt().orElseThrow();
    }

    private static boolean fail() {
        throw new IllegalStateException("It failed on purpose");
    }

    @Test
    void goesOnWhileThereIsMore() throws InterruptedException {
        IntStream.range(0, 3).forEach(_ -> portions.add(() -> true));

        pause();

        assertThat(portions).isEmpty();
    }

    @Test
    void looksAgainAfterAWhileAndNotAtTheMomentOfAllOthers() throws InterruptedException {
        var first = pause();
        var second = pause();

        assertThat(first).isBetween(PACE.idle(), PACE.idle().plusMinutes(1)).isNotEqualTo(second);
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToTheLongestPause() throws InterruptedException {
        for (var seconds : new int[] {2, 4, 8, 16, 30, 30}) {
            portions.add(PortionLoopTest::fail);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void beginsAnewAfterARoundThatWentWell() throws InterruptedException {
        portions.add(PortionLoopTest::fail);
        pause();
        pause();
        portions.add(PortionLoopTest::fail);

        assertThat(pause()).isEqualTo(PACE.afterFailure());
    }

    @Test
    void endsBetweenTwoPortionsWhenItIsStopped() throws InterruptedException {
        portions.add(() -> {
            loop.stop();
            return true;
        });
        portions.add(() -> true);

        assertThat(loop.attempt()).isEqualTo(Optional.empty());
        assertThat(portions).hasSize(1);
    }
}
