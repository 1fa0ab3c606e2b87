package dev.gatehouse.workbench.lease;

import dev.gatehouse.workbench.store.Fence;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Runs the loops of all {@link DeviceWork} for every device that this process holds, each in a virtual thread of its own,
 * so that no tenant waits for another. What they store is {@linkplain Fence fenced} by the device's lease.
 */
@Component
public class DeviceLoops {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final ObjectProvider<DeviceWork> work;
    private final Map<UUID, Turn> turns = new ConcurrentHashMap<>();

    /** The work on a device under one lease and one edition of the device. */
    private record Turn(Held held, List<Running> loops) {

        void stop() {
            loops.forEach(Running::stop);
        }
    }

    /** A loop and the thread that it runs in. */
    private record Running(Loop loop, Thread thread) {

        /** The loop begins when those before it have ended. Whoever starts it need not wait for that. */
        static Running start(Loop loop, Held held, List<Running> before) {
            var name = "%s %s".formatted(loop.getClass().getSimpleName(), held.device());
            return new Running(loop, Thread.ofVirtual().name(name).start(() -> {
                awaitEnd(before);
                Fence.under(held.lease(), loop);
            }));
        }

        void stop() {
            loop.stop();
            thread.interrupt();
        }

        /** Waits for all of them together, and not for ever. */
        static void awaitEnd(List<Running> ending) {
            var deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
            try {
                for (var each : ending) {
                    each.thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    DeviceLoops(ObjectProvider<DeviceWork> work) {
        this.work = work;
    }

    /** The running loops of one kind. */
    public <T extends Loop> Stream<T> all(Class<T> kind) {
        return turns.values().stream().flatMap(turn -> of(turn, kind));
    }

    /** The running loops of one kind, of one device; none when another process works on it. */
    public <T extends Loop> Stream<T> of(UUID device, Class<T> kind) {
        return Optional.ofNullable(turns.get(device)).stream().flatMap(turn -> of(turn, kind));
    }

    private static <T extends Loop> Stream<T> of(Turn turn, Class<T> kind) {
        return turn.loops().stream().map(Running::loop).filter(kind::isInstance).map(kind::cast);
    }

    /** How many devices are being worked on here. */
    int devices() {
        return turns.size();
    }

    /** Works on these devices and on no others from now on; anew on those that were changed. Does not wait. */
    synchronized void run(Collection<Held> held) {
        var byDevice = held.stream().collect(Collectors.toMap(Held::device, Function.identity()));
        turns.entrySet().removeIf(entry -> {
            var isLost = !byDevice.containsKey(entry.getKey());
            if (isLost) {
                entry.getValue().stop();
            }
            return isLost;
        });
        held.forEach(this::begin);
    }

    private void begin(Held held) {
        var present = turns.get(held.device());
        if (present != null && present.held().equals(held)) {
            return;
        }
        List<Running> before = present == null ? List.of() : present.loops();
        before.forEach(Running::stop);
        turns.put(
                held.device(),
                new Turn(
                        held,
                        work.orderedStream()
                                .<Loop>flatMap(each -> each.loopsFor(held.device()).stream())
                                .map(loop -> Running.start(loop, held, before))
                                .toList()));
    }

    /** Ends the work on these devices, and waits until it has ended. */
    synchronized void end(Collection<Held> held) {
        var ending = held.stream()
                .flatMap(each -> Optional.ofNullable(turns.remove(each.device())).stream())
                .toList();
        ending.forEach(Turn::stop);
        Running.awaitEnd(ending.stream().flatMap(turn -> turn.loops().stream()).toList());
    }

    /** Ends all work. */
    synchronized void endAll() {
        end(turns.values().stream().map(Turn::held).toList());
    }
}
