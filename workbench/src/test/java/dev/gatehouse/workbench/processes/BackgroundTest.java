package dev.gatehouse.workbench.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.workbench.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Throwable> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger chores = new AtomicInteger();
    private final Background background = new Background(clock, List.of(new Failing()), ends::add);

    /** Fails the first time. */
    private final class Failing implements Chore {

        @Override
        public String name() {
            return "Failing once";
        }

        @Override
        public Duration interval() {
            return Duration.ofHours(1);
        }

        @Override
        public void run() {
            if (chores.incrementAndGet() == 1) {
                throw new AssertionError("hunter2");
            }
        }
    }

    @AfterEach
    void stop() {
        background.stop();
    }

    @Test
    void goesOnWithWhatItKeepsWhateverThatThrows() {
        var lives = new AtomicInteger();
        background.keep("Failing", () -> {
            if (lives.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
            new CountDownLatch(1).await();
        });

        await().atMost(PATIENCE).until(() -> lives.get() == 2);
        assertThat(background.complaints()).singleElement().asString().startsWith("Failing: StackOverflowError");

        clock.advance(Duration.ofMinutes(2));
        background.look();
        assertThat(background.complaints()).as("well for a minute").isEmpty();
    }

    @Test
    void goesOnWithWhatEndedByItself() {
        var lives = new AtomicInteger();
        background.keep("Short-lived", lives::incrementAndGet);

        await().atMost(PATIENCE).until(() -> lives.get() >= 2);
    }

    @Test
    void endsTheProcessWhenTheMemoryIsUsedUpWhereverThatIsFound() {
        background.once("Once", () -> {
            throw new OutOfMemoryError();
        });
        background.keep("Kept", () -> {
            throw new OutOfMemoryError();
        });
        background.lookAfter(() -> {
            throw new OutOfMemoryError();
        });
        background.look();

        await().atMost(PATIENCE).until(() -> ends.size() >= 3);
        assertThat(ends).hasOnlyElementsOfType(OutOfMemoryError.class);
    }

    @Test
    void startsAThreadAgainThatHasDied() {
        var lives = new AtomicInteger();
        var immortal = new Background(clock, List.of(), fatal -> {
            throw new IllegalStateException("The process cannot be ended");
        });
        var kept = immortal.keep("Mortal", () -> {
            if (lives.incrementAndGet() == 1) {
                throw new OutOfMemoryError();
            }
            new CountDownLatch(1).await();
        });
        await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> immortal.complaints()
                .equals(List.of("Mortal: its thread has died")));

        immortal.look();

        await().atMost(PATIENCE).until(() -> lives.get() == 2);
        assertThat(immortal.complaints()).isEmpty();
        kept.stop();
    }

    @Test
    void stopsWhatItKeeps() {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var kept = background.keep("Waiting", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
        });
        await().atMost(PATIENCE).until(() -> begun.getCount() == 0);

        kept.stop();

        assertThat(ended.getCount()).isZero();
        assertThat(background.complaints()).isEmpty();
    }

    @Test
    void doesAChoreAgainSoonAfterItFailed() {
        background.start();

        await().atMost(PATIENCE).until(() -> chores.get() >= 2);
    }

    @Test
    void complainsOfAWatchdogThatDoesNotLook() {
        background.start();
        background.look();
        assertThat(background.complaints()).noneMatch(line -> line.contains("watchdog"));

        clock.advance(Duration.ofMinutes(5));

        assertThat(background.complaints()).anyMatch(line -> line.contains("watchdog"));
    }
}
