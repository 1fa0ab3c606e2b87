package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PagesFirstTest {

    private final PagesFirst pages = new PagesFirst();

    /** A piece of work that says when it has begun, and ends when it is told to. */
    private static final class Held {

        private final Semaphore begun = new Semaphore(0);
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();

        PagesFirst.Piece<Boolean> piece() {
            return () -> {
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                begun.release();
                end.await();
                atOnce.decrementAndGet();
                return true;
            };
        }

        void awaitBegun(int pieces) throws InterruptedException {
            assertThat(begun.tryAcquire(pieces, 1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void awaitCrowd() {
        while (!pages.isCrowded()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void doesWhatCanWaitOneByOneWhilePagesWaitForTheirTurn() throws Exception {
        var stored = new Held();
        var beside = new Held();
        var all = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (var page = 0; page <= PagesFirst.STORED_AT_ONCE; page++) {
                    all.add(threads.submit(() -> pages.store(stored.piece())));
                }
                awaitCrowd();
                for (var piece = 0; piece < 3; piece++) {
                    all.add(threads.submit(() -> pages.afterPages(beside.piece())));
                }
                beside.awaitBegun(1);

                // The other two come no further than the place that the first one has.
                beside.end.countDown();
                beside.awaitBegun(2);
                assertThat(beside.mostAtOnce).hasValue(1);
                stored.awaitBegun(PagesFirst.STORED_AT_ONCE);
                assertThat(stored.mostAtOnce).hasValue(PagesFirst.STORED_AT_ONCE);
            } finally {
                // Otherwise a failure above would be waited for without end.
                beside.end.countDown();
                stored.end.countDown();
            }
            for (var each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(pages.isCrowded()).isFalse();
    }

    @Test
    void doesSeveralAtOnceWhenNoPageWaits() throws Exception {
        var beside = new Held();
        var all = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var piece = 0; piece < 3; piece++) {
                all.add(threads.submit(() -> pages.afterPages(beside.piece())));
            }
            beside.awaitBegun(3);
            beside.end.countDown();
            for (var each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(beside.mostAtOnce).hasValue(3);
    }

    @Test
    void givesAPlaceBackAfterAFailure() throws InterruptedException {
        for (var piece = 0; piece <= PagesFirst.STORED_AT_ONCE; piece++) {
            try {
                pages.store(() -> {
                    throw new IllegalStateException("The database is away");
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("The database is away");
            }
        }
        assertThat(pages.<Boolean>store(() -> true)).isTrue();
    }
}
