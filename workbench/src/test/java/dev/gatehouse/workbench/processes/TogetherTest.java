package dev.gatehouse.workbench.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TogetherTest {

    /** More than are taken at once. */
    private static final int OTHERS = 1_500;

    private final List<Thread> others = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final Together<String, String> together = refusing();

    /** One whose work nobody takes on, which turns out when many others wait already. */
    private Together<String, String> refusing() {
        return new Together<>(
                1,
                Duration.ofSeconds(1),
                new SystemSleeper(),
                () -> 0,
                work -> {
                    for (var number = 0; number < OTHERS; number++) {
                        others.add(Thread.startVirtualThread(this::askInVain));
                    }
                    await().until(() -> others.stream().allMatch(other -> other.getState() == Thread.State.WAITING));
                    throw new RejectedExecutionException("No more threads");
                },
                asked -> asked);
    }

    private void askInVain() {
        try {
            together.ask("too");
        } catch (InterruptedException | RuntimeException e) {
            refused.incrementAndGet();
        }
    }

    @Test
    void keepsNobodyWaitingWhenNobodyTakesTheWorkOn() {
        assertThatThrownBy(() -> together.ask("first")).hasMessage("No more threads");

        await().until(() -> others.stream().noneMatch(Thread::isAlive));
        assertThat(refused).hasValue(OTHERS);
    }
}
