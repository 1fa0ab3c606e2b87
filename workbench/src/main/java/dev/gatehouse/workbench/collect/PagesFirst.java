package dev.gatehouse.workbench.collect;

import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Storing pages comes before whatever is made of them, which can be made later from what is stored. When hundreds of tenants have
 * news at one moment, pages wait for their turn; until none does, the work beside them is done one piece at a time. So a burst is
 * stored at the speed of storing, and the work beside it still goes on, however long the burst lasts.
 */
@Component
public class PagesFirst {

    /** Fewer than the database has connections, so that screens get one while hundreds of tenants catch up. */
    static final int STORED_AT_ONCE = 8;

    /** Fewer than the connections that loops write with. */
    private static final int BESIDE_AT_ONCE = 3;

    private final Semaphore storing = new Semaphore(STORED_AT_ONCE, true);
    private final Semaphore beside = new Semaphore(BESIDE_AT_ONCE, true);
    private final Semaphore besideCrowd = new Semaphore(1, true);

    /** A piece of work, such as what one transaction takes. */
    @FunctionalInterface
    public interface Piece<T> {

        /** Does it. */
        T done() throws InterruptedException;
    }

    /** Stores a page when it is its turn. */
    <T> T store(Piece<T> page) throws InterruptedException {
        return within(storing, page);
    }

    /** Whether pages wait for their turn to be stored. */
    public boolean isCrowded() {
        return storing.hasQueuedThreads();
    }

    /**
     * Does a piece of work that can wait.
     *
     * @throws InterruptedException when the thread was asked to stop
     */
    public <T> T afterPages(Piece<T> work) throws InterruptedException {
        return within(beside, () -> isCrowded() ? within(besideCrowd, work) : work.done());
    }

    private static <T> T within(Semaphore places, Piece<T> work) throws InterruptedException {
        places.acquire();
        try {
            return work.done();
        } finally {
            places.release();
        }
    }
}
