package dev.gatehouse.workbench.replay;

import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.Nap;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.replay.ReplayLoop.Surroundings;
import dev.gatehouse.workbench.settings.Settings;
import dev.gatehouse.workbench.store.Feeds;
import dev.gatehouse.workbench.store.Replays;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Runs a {@link ReplayLoop} for every device that this process polls, each in a virtual thread of its own. A loop starts
 * when the device's first page is stored: then its connection works, and where its history ends is known.
 */
@Component
class Replaying implements SmartLifecycle {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();
    private volatile boolean isRunning;

    /** A loop, the thread that it runs in, and the feeds whose pages it has heard of. */
    private record Running(ReplayLoop loop, Thread thread, Set<String> heardOf) {

        static Running start(ReplayLoop loop, UUID device) {
            return new Running(
                    loop, Thread.ofVirtual().name("replay " + device).start(loop), ConcurrentHashMap.newKeySet());
        }

        void stop() {
            loop.stop();
            thread.interrupt();
        }

        void awaitEnd() {
            try {
                thread.join(STOP_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Replaying(
            Collector collector,
            SecurityDevices devices,
            Feeds feeds,
            Replays replays,
            ApplicationEventPublisher events,
            Settings settings,
            InstantSource clock) {
        this.surroundings = new Surroundings(
                collector, devices, feeds, replays, events, settings, clock, RandomGenerator.getDefault());
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        var all = List.copyOf(running.values());
        all.forEach(Running::stop);
        all.forEach(Running::awaitEnd);
        running.clear();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** A feed's first page tells where its history ends, which is when its backfill can be queued. */
    @EventListener
    void hear(PageStored page) {
        if (isRunning) {
            var loop = running.computeIfAbsent(page.deviceId(), this::startLoop);
            if (loop.heardOf().add(page.feed().key())) {
                loop.loop().wake();
            }
        }
    }

    private Running startLoop(UUID device) {
        return Running.start(new ReplayLoop(device, surroundings, new Nap()), device);
    }

    @EventListener
    void hurry(ReplayRequested request) {
        Optional.ofNullable(running.get(request.deviceId()))
                .ifPresent(loop -> loop.loop().wake());
    }

    /** The next page that polling stores starts a new loop, if the device is still polled. */
    @EventListener
    void restart(DeviceChanged change) {
        Optional.ofNullable(running.remove(change.deviceId())).ifPresent(Running::stop);
        Thread.ofVirtual().name("void replays").start(() -> surroundings
                .replays()
                .cancelVoid(surroundings.clock().instant()));
    }
}
