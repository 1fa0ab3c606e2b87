package dev.gatehouse.workbench.lease;

import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.store.LeaseLost;
import dev.gatehouse.workbench.store.StaleDelivery;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Work on one device, round after round, until the device is gone or somebody stops it. Nothing that goes wrong ends it.
 * It keeps no state that matters: that is in the database, and a new loop goes on where the last one was.
 */
public abstract class Loop implements Runnable {

    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(1);

    private final Sleeper sleeper;

    private volatile boolean stopping;

    /** A loop that waits between its rounds with this sleeper. */
    protected Loop(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    @Override
    public final void run() {
        try {
            while (!stopping) {
                var pause = attempt();
                if (pause.isEmpty()) {
                    return;
                }
                sleeper.sleep(pause.get());
            }
        } catch (InterruptedException e) {
            // Asked to stop. Whatever was stored is stored with its place, and the rest comes again.
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the loop after what is being stored, if anything is. The caller may interrupt the thread to hurry it. */
    public final void stop() {
        stopping = true;
        sleeper.wake();
    }

    /** Makes the next round begin now. */
    public final void wake() {
        sleeper.wake();
    }

    /** Waits inside a round, unless somebody wakes it. */
    protected final void sleep(Duration pause) throws InterruptedException {
        sleeper.sleep(pause);
    }

    /** Whether somebody has stopped it; a long round asks now and then. */
    protected final boolean isStopping() {
        return stopping;
    }

    /** Tries a round; gives the pause until the next, or nothing when there is nothing to do any more. */
    public final Optional<Duration> attempt() throws InterruptedException {
        try {
            return round();
        } catch (NoSuchDevice | StaleDelivery e) {
            // Removed, or given another directory, while we were at it. In the latter case a new loop takes over.
            return Optional.empty();
        } catch (LeaseLost e) {
            // Another process has taken over, and this loop is about to be stopped; or we were away for a while and
            // are about to get the lease again.
            return Optional.of(UNTIL_STOPPED);
        } catch (DataAccessException | TransactionException e) {
            return stopping ? Optional.empty() : Optional.of(databaseIsAway(e));
        } catch (RuntimeException e) {
            // The interrupt that hurries us breaks off whatever is under way, each part in its own manner.
            return stopping ? Optional.empty() : Optional.of(failed(e));
        }
    }

    /**
     * Does one round.
     *
     * @return the pause until the next; nothing when there is nothing to do any more
     * @throws InterruptedException when the calling thread was asked to stop
     */
    protected abstract Optional<Duration> round() throws InterruptedException;

    /** The database does not answer or does not take what it is given; gives the pause until the next round. */
    protected abstract Duration databaseIsAway(RuntimeException cause);

    /** Something happened that should not; logs it, and gives the pause until the next round. */
    protected abstract Duration failed(RuntimeException cause);
}
