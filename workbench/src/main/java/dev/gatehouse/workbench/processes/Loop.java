package dev.gatehouse.workbench.processes;

import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.Storage;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on one tenant, round after round, until nobody needs it or somebody stops it. Nothing that goes wrong ends it,
 * whatever it throws: the database that is away, a mistake of ours, a stack that overflows. Only what is {@linkplain Fatal
 * fatal} leaves it, and then the process ends. It keeps no state that matters: that is in the database, and a new loop goes
 * on where the last one was.
 */
public abstract class Loop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(1);

    /** After a mistake that could not even be noted. */
    private static final Duration AFTER_SILENCE = Duration.ofMinutes(1);

    /** Far longer than one request to Microsoft may take. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);

    private final Sleeper sleeper;

    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile boolean resting;
    private volatile int signs;
    private volatile Optional<Fault> fault = Optional.empty();

    /** A loop that waits between its rounds with this sleeper. */
    protected Loop(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    @Override
    public final void run() {
        while (!stopping) {
            try {
                var pause = attempt();
                if (pause.isEmpty()) {
                    ended = true;
                    return;
                }
                rest(pause.get());
            } catch (InterruptedException e) {
                if (stopping) {
                    // Whatever was stored is stored with its place, and the rest comes again.
                    Thread.currentThread().interrupt();
                    return;
                }
                // Nobody has asked it to stop. The watchdog interrupts a round that hangs, and the next one begins.
                restAfterInterrupt();
            }
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        resting = true;
        try {
            sleeper.sleep(pause);
        } finally {
            resting = false;
            giveSign();
        }
    }

    private void restAfterInterrupt() {
        try {
            rest(UNTIL_STOPPED);
        } catch (InterruptedException e) {
            if (stopping) {
                Thread.currentThread().interrupt();
            }
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
        rest(pause);
    }

    /** Whether somebody has stopped it; a long round asks now and then, which shows that it does not hang. */
    protected final boolean isStopping() {
        giveSign();
        return stopping;
    }

    // Only the loop's own thread writes it.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void giveSign() {
        signs++;
    }

    /** Changes as long as it does something; the same for long in a loop that is not {@linkplain #isResting resting}. */
    final int signs() {
        return signs;
    }

    final boolean isResting() {
        return resting;
    }

    /** Whether it has run its last round, so that its thread is over for good. */
    final boolean isOver() {
        return ended || stopping;
    }

    /** What its last round failed of, when that was a mistake of ours. */
    final Optional<Fault> fault() {
        return fault;
    }

    /** Tries a round; gives the pause until the next, or nothing when there is nothing to do any more. */
    public final Optional<Duration> attempt() throws InterruptedException {
        giveSign();
        try {
            var pause = round();
            fault = Optional.empty();
            return pause;
        } catch (NoSuchDevice e) {
            // Removed while we were at it.
            return Optional.empty();
        } catch (LeaseLost e) {
            // Another process has taken over, and this loop is about to be stopped; or we were away for a while and
            // are about to get the lease again.
            return Optional.of(UNTIL_STOPPED);
        } catch (RuntimeException | Error e) {
            if (Fatal.is(e)) {
                throw e;
            }
            // The interrupt that hurries us breaks off whatever is under way, each part in its own manner.
            return stopping ? Optional.empty() : Optional.of(survive(e));
        }
    }

    private Duration survive(Throwable thrown) {
        try {
            return Storage.isAway(thrown) ? databaseIsAway((RuntimeException) thrown) : suffer(Fault.of(thrown));
        } catch (LeaseLost e) {
            return UNTIL_STOPPED;
        } catch (RuntimeException | Error e) {
            if (Fatal.is(e)) {
                throw e;
            }
            // What went wrong cannot be noted, most likely because the database has gone away meanwhile.
            log.debug("{} could not note what it failed of", name(), Fault.of(e).trace());
            return AFTER_SILENCE;
        }
    }

    /** Says so once in the log, and each time where people look. */
    private Duration suffer(Fault suffered) {
        var isKnown =
                fault.filter(before -> before.words().equals(suffered.words())).isPresent();
        fault = Optional.of(suffered);
        if (!isKnown) {
            log.error("{} failed in a way that should not happen, and goes on", name(), suffered.trace());
        }
        return failed(suffered);
    }

    /** How long it may give no sign of life before it is taken to hang. */
    protected Duration longestSilence() {
        return LONGEST_SILENCE;
    }

    /** Of two waits, the one that ends first. */
    protected static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Of two waits, the one that ends last. */
    protected static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** What it does, as the subject of a sentence, e.g. {@code Reading alerts of tenant 1b4e28ba-…}. */
    protected abstract String name();

    /**
     * Does one round.
     *
     * @return the pause until the next; nothing when there is nothing to do any more
     * @throws InterruptedException when the calling thread was asked to stop
     */
    protected abstract Optional<Duration> round() throws InterruptedException;

    /** The database does not answer or does not take what it is given; gives the pause until the next round. */
    protected abstract Duration databaseIsAway(RuntimeException cause);

    /** Something happened that should not; makes it a state that people see, and gives the pause until the next round. */
    protected abstract Duration failed(Fault fault);
}
