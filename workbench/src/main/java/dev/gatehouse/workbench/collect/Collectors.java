package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.collect.FeedLoop.Surroundings;
import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.devices.PollRequested;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.settings.Settings;
import dev.gatehouse.workbench.store.Feeds;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Runs a {@link FeedLoop} for every feed of every device, each in a virtual thread of its own, so that no tenant and no
 * feed waits for another.
 */
@Component
class Collectors implements SmartLifecycle {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final Map<UUID, List<Running>> running = new ConcurrentHashMap<>();
    private volatile boolean isRunning;

    /** A loop and the thread that it runs in. */
    private record Running(FeedLoop loop, Thread thread) {

        static Running start(FeedLoop loop, String name) {
            return new Running(loop, Thread.ofVirtual().name(name).start(loop));
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

    Collectors(
            Collector collector,
            SecurityDevices devices,
            Feeds feeds,
            Meters meters,
            Settings settings,
            InstantSource clock,
            MeterRegistry registry) {
        this.surroundings = new Surroundings(
                collector, devices, feeds, meters, settings.poll(), clock, RandomGenerator.getDefault());
        for (var feed : Feed.values()) {
            Gauge.builder("gatehouse.feed.lag", () -> lag(feed))
                    .description("How far the device that is furthest behind has been read, before now")
                    .baseUnit("seconds")
                    .tag("feed", feed.key())
                    .register(registry);
        }
    }

    private double lag(Feed feed) {
        return running.values().stream()
                .flatMap(List::stream)
                .map(Running::loop)
                .filter(loop -> loop.feed() == feed)
                .map(FeedLoop::completeUntil)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .map(until ->
                        Duration.between(until, surroundings.clock().instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    @Override
    public void start() {
        isRunning = true;
        surroundings.devices().all().stream().map(SecurityDevice::id).forEach(this::startLoops);
    }

    /** A loop finds out by itself whether its device is there and enabled, so that this asks no database. */
    private void startLoops(UUID device) {
        running.put(
                device,
                Arrays.stream(Feed.values())
                        .map(feed -> Running.start(
                                new FeedLoop(device, feed, surroundings, new Nap()), feed.key() + " " + device))
                        .toList());
    }

    @Override
    public void stop() {
        isRunning = false;
        var all = running.values().stream().flatMap(List::stream).toList();
        all.forEach(Running::stop);
        all.forEach(Running::awaitEnd);
        running.clear();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** Whoever saved the device does not have to wait until the old loops have ended. */
    @EventListener
    void restart(DeviceChanged change) {
        if (isRunning) {
            Thread.ofVirtual().name("restart " + change.deviceId()).start(() -> restart(change.deviceId()));
        }
    }

    private synchronized void restart(UUID device) {
        var before = Optional.ofNullable(running.remove(device)).orElse(List.of());
        before.forEach(Running::stop);
        before.forEach(Running::awaitEnd);
        if (isRunning) {
            startLoops(device);
        }
    }

    @EventListener
    void hurry(PollRequested request) {
        Optional.ofNullable(running.get(request.deviceId())).orElse(List.of()).forEach(running -> running.loop()
                .hurry());
    }
}
