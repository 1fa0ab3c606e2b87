package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Fence;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Runs the loops of all {@link TenantWork} for every tenant that this process holds, each in a virtual thread of its own,
 * so that no tenant waits for another. What they store is {@linkplain Fence fenced} by the tenant's lease.
 */
@Component
public class TenantLoops {

    private static final Logger log = LoggerFactory.getLogger(TenantLoops.class);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final ObjectProvider<TenantWork> work;
    private final Background background;
    private final MonotonicClock clock;
    private final Map<TenantId, Turn> turns = new ConcurrentHashMap<>();
    private final AtomicLong restarts = new AtomicLong();

    /** The work on a tenant under one lease and one edition of its devices. */
    private record Turn(Held held, List<Running> loops) {

        void stop() {
            loops.forEach(Running::stop);
        }
    }

    /** A loop and the thread that it runs in. */
    private final class Running {

        private final Loop loop;
        private final Held held;
        private volatile Thread thread;
        private int signs;
        private long signAt = clock.nanos();

        /** The loop begins when those before it have ended. Whoever starts it need not wait for that. */
        Running(Loop loop, Held held, List<Running> before) {
            this.loop = loop;
            this.held = held;
            this.thread = background.once(name(), () -> {
                awaitEnd(before);
                Fence.under(held.lease(), loop);
            });
        }

        private String name() {
            return "%s %s".formatted(loop.getClass().getSimpleName(), held.tenant());
        }

        Loop loop() {
            return loop;
        }

        void stop() {
            loop.stop();
            thread.interrupt();
        }

        /** Starts it again when its thread has died, and breaks off a round that hangs, so that the next one begins. */
        void lookAfter() {
            if (loop.isOver()) {
                return;
            }
            if (!thread.isAlive()) {
                log.error("The thread of {} had died and is started again", name());
                restarts.incrementAndGet();
                thread = background.once(name(), () -> Fence.under(held.lease(), loop));
                return;
            }
            if (loop.isResting() || loop.signs() != signs) {
                signs = loop.signs();
                signAt = clock.nanos();
            } else if (clock.since(signAt).compareTo(loop.longestSilence()) > 0) {
                log.error(
                        "{} hangs: it has done nothing for {} minutes, and is broken off",
                        loop.name(),
                        clock.since(signAt).toMinutes());
                restarts.incrementAndGet();
                signAt = clock.nanos();
                thread.interrupt();
            }
        }
    }

    /** Waits for all of them together, and not for ever. */
    private static void awaitEnd(List<Running> ending) {
        var deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        try {
            for (var each : ending) {
                each.thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    TenantLoops(ObjectProvider<TenantWork> work, Background background, MonotonicClock clock) {
        this.work = work;
        this.background = background;
        this.clock = clock;
        background.lookAfter(this::lookAfter);
    }

    private void lookAfter() {
        turns.values().forEach(turn -> turn.loops().forEach(Running::lookAfter));
    }

    /**
     * How all loops here are doing.
     *
     * @param loops how many there are
     * @param failing how many failed in their last round because of a mistake of ours; their feeds say of what
     * @param restarts how often one had died or hung since the start
     */
    record Census(int loops, int failing, long restarts) {}

    Census census() {
        var all = turns.values().stream()
                .flatMap(turn -> turn.loops().stream())
                .map(Running::loop)
                .toList();
        var failing = all.stream().filter(loop -> loop.fault().isPresent()).count();
        return new Census(all.size(), Math.toIntExact(failing), restarts.get());
    }

    /** The running loops of one kind. */
    public <T extends Loop> Stream<T> all(Class<T> kind) {
        return turns.values().stream().flatMap(turn -> of(turn, kind));
    }

    /** The running loops of one kind, of one tenant; none when another process works on it. */
    public <T extends Loop> Stream<T> of(TenantId tenant, Class<T> kind) {
        return Optional.ofNullable(turns.get(tenant)).stream().flatMap(turn -> of(turn, kind));
    }

    private static <T extends Loop> Stream<T> of(Turn turn, Class<T> kind) {
        return turn.loops().stream().map(Running::loop).filter(kind::isInstance).map(kind::cast);
    }

    /** How many tenants are being worked on here. */
    int tenants() {
        return turns.size();
    }

    /** Works on these tenants and on no others from now on; anew on those whose devices were changed. Does not wait. */
    synchronized void run(Collection<Held> held) {
        var byTenant = held.stream().collect(Collectors.toMap(Held::tenant, Function.identity()));
        turns.entrySet().removeIf(entry -> {
            var isLost = !byTenant.containsKey(entry.getKey());
            if (isLost) {
                entry.getValue().stop();
            }
            return isLost;
        });
        held.forEach(this::beginOrLeave);
    }

    /** One tenant whose work cannot begin keeps no other from being worked on; it is tried again with the next beat. */
    private void beginOrLeave(Held held) {
        try {
            begin(held);
        } catch (RuntimeException e) {
            log.error(
                    "The work on tenant {} cannot begin",
                    held.tenant(),
                    Fault.of(e).trace());
        }
    }

    private void begin(Held held) {
        var present = turns.get(held.tenant());
        if (present != null && present.held().equals(held)) {
            return;
        }
        List<Running> before = present == null ? List.of() : present.loops();
        before.forEach(Running::stop);
        turns.put(
                held.tenant(),
                new Turn(
                        held,
                        work.orderedStream()
                                .<Loop>flatMap(each -> each.loopsFor(held.tenant()).stream())
                                .map(loop -> new Running(loop, held, before))
                                .toList()));
    }

    /** Ends the work on these tenants, and waits until it has ended. */
    synchronized void end(Collection<Held> held) {
        var ending = held.stream()
                .flatMap(each -> Optional.ofNullable(turns.remove(each.tenant())).stream())
                .toList();
        ending.forEach(Turn::stop);
        awaitEnd(ending.stream().flatMap(turn -> turn.loops().stream()).toList());
    }

    /** Ends all work. */
    synchronized void endAll() {
        end(turns.values().stream().map(Turn::held).toList());
    }
}
