package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The one way in which anything runs beside people's requests. What is {@linkplain #keep kept} goes on whatever it throws,
 * after a pause; a watchdog starts it again should its thread have died, and has others {@linkplain #lookAfter look after}
 * theirs. What is {@linkplain Fatal fatal} ends the process.
 */
@Component
public class Background implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Background.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    /** A watchdog that has not looked for so long is stuck itself. */
    private static final Duration LOOKED_LATELY = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What has lived for so long without a fault is well again. */
    private static final Duration WELL_AFTER = Duration.ofMinutes(1);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final MonotonicClock clock;
    private final Consumer<Throwable> endProcess;
    private final List<Chore> chores;
    private final Set<Kept> kept = ConcurrentHashMap.newKeySet();
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();

    private volatile boolean isRunning;
    private volatile long lookedAt;
    private volatile @Nullable Thread watchdog;

    @Autowired
    Background(MonotonicClock clock, ObjectProvider<Chore> chores) {
        this(clock, chores.orderedStream().toList(), Fatal::endProcess);
    }

    /**
     * With an end of one's own, for tests that want to go on.
     *
     * @param endProcess is shown what ends the process
     */
    Background(MonotonicClock clock, List<Chore> chores, Consumer<Throwable> endProcess) {
        this.clock = clock;
        this.chores = List.copyOf(chores);
        this.endProcess = endProcess;
        this.lookedAt = clock.nanos();
    }

    /** Something that goes on until it is interrupted. */
    @FunctionalInterface
    public interface Body {
        void run() throws InterruptedException;
    }

    /** Keeps something going in a virtual thread of its own, whatever it throws, until it is stopped. */
    public Kept keep(String name, Body body) {
        var started = new Kept(name, body);
        kept.add(started);
        started.start();
        return started;
    }

    /**
     * Does something once, in a virtual thread of its own. What it throws is logged.
     *
     * @return the thread, to be interrupted or waited for
     */
    public Thread once(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(() -> attempt(name, work));
    }

    /** What may be waited for, but not yet. */
    public Thread unstarted(String name, Runnable work) {
        return Thread.ofVirtual().name(name).unstarted(() -> attempt(name, work));
    }

    private void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            endIfFatal(e);
            log.error(
                    "{} failed in a way that should not happen",
                    name,
                    Fault.of(e).trace());
        }
    }

    private void endIfFatal(Throwable thrown) {
        if (Fatal.is(thrown)) {
            endProcess.accept(thrown);
        }
    }

    /** Has the watchdog do this, too, each time it looks. */
    void lookAfter(Runnable look) {
        looks.add(look);
    }

    /** One thing that goes on. */
    public final class Kept {

        private final String name;
        private final Body body;
        private final SystemSleeper nap = new SystemSleeper();
        private volatile boolean isStopped;
        private volatile @Nullable Fault fault;
        private volatile long begunAt = clock.nanos();
        private volatile @Nullable Thread thread;
        private int faults;

        private Kept(String name, Body body) {
            this.name = name;
            this.body = body;
        }

        private void start() {
            thread = Thread.ofVirtual().name(name).start(this::live);
        }

        private void live() {
            while (!isStopped) {
                begunAt = clock.nanos();
                try {
                    body.run();
                } catch (InterruptedException e) {
                    // Ours to stop; whoever else interrupts it does not end it.
                } catch (Throwable e) {
                    endIfFatal(e);
                    if (!isStopped) {
                        suffered(e);
                    }
                }
                if (!isStopped) {
                    rest();
                }
            }
        }

        private void suffered(Throwable thrown) {
            var before = fault;
            var now = Fault.of(thrown);
            if (isWellAgain()) {
                faults = 0;
            }
            faults++;
            fault = now;
            if (before == null || !before.words().equals(now.words())) {
                log.error("{} failed in a way that should not happen, and goes on", name, now.trace());
            }
        }

        private boolean isWellAgain() {
            return clock.since(begunAt).compareTo(WELL_AFTER) >= 0;
        }

        private void rest() {
            var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(faults, 10));
            try {
                nap.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            } catch (InterruptedException e) {
                // Whether it is to stop, the next turn of the loop asks.
            }
        }

        private void startAgainIfDead() {
            var running = thread;
            if (!isStopped && running != null && !running.isAlive()) {
                log.error("The thread of {} had died and is started again", name);
                start();
            }
            if (fault != null && isWellAgain()) {
                fault = null;
            }
        }

        private Optional<String> complaint() {
            var running = thread;
            if (isStopped) {
                return Optional.empty();
            }
            if (running == null || !running.isAlive()) {
                return Optional.of(name + ": its thread has died");
            }
            return Optional.ofNullable(fault).map(found -> "%s: %s".formatted(name, found.words()));
        }

        /** Ends it, and waits until it has ended. */
        public void stop() {
            isStopped = true;
            kept.remove(this);
            var running = thread;
            if (running == null) {
                return;
            }
            running.interrupt();
            try {
                running.join(STOP_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whether it is to stop; a body asks that now and then. */
        public boolean isStopped() {
            return isStopped;
        }
    }

    /** What is wrong with what runs here, a line each; empty when nothing is. Not what a single feed suffers from. */
    public List<String> complaints() {
        var complaints = new ArrayList<String>();
        if (isRunning && clock.since(lookedAt).compareTo(LOOKED_LATELY) > 0) {
            complaints.add("The watchdog of all threads has not looked for %d minutes"
                    .formatted(clock.since(lookedAt).toMinutes()));
        }
        kept.forEach(each -> each.complaint().ifPresent(complaints::add));
        return complaints;
    }

    @Override
    public void start() {
        isRunning = true;
        lookedAt = clock.nanos();
        chores.forEach(chore -> keep(chore.name(), () -> go(chore)));
        // A thread of the system, which needs none of those that carry virtual threads.
        watchdog = Thread.ofPlatform().name("watchdog").daemon().start(this::watch);
    }

    private void watch() {
        var nap = new SystemSleeper();
        while (isRunning) {
            look();
            try {
                nap.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                // Asked to stop, or by mistake; the loop asks which.
            }
        }
    }

    /** Starts again what has died. */
    void look() {
        lookedAt = clock.nanos();
        kept.forEach(Kept::startAgainIfDead);
        looks.forEach(look -> attempt("The watchdog", look));
    }

    private static void go(Chore chore) throws InterruptedException {
        var nap = new SystemSleeper();
        var isTroubled = false;
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                chore.run();
                isTroubled = false;
                pause = FIRST_PAUSE;
                nap.sleep(chore.interval());
            } catch (DataAccessException | TransactionException e) {
                // The database may be away at the start, too; then it is done soon after it is back.
                if (!isTroubled) {
                    log.warn("{} has to wait until the database is back", chore.name());
                }
                isTroubled = true;
                nap.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(chore.interval()) < 0
                        ? pause.multipliedBy(2)
                        : chore.interval();
            }
        }
    }

    @Override
    public void stop() {
        isRunning = false;
        var running = watchdog;
        if (running != null) {
            running.interrupt();
        }
        List.copyOf(kept).forEach(Kept::stop);
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
