package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.collect.FeedLoop.Surroundings;
import dev.gatehouse.workbench.devices.PollRequested;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.lease.DeviceLoops;
import dev.gatehouse.workbench.lease.DeviceWork;
import dev.gatehouse.workbench.lease.Nap;
import dev.gatehouse.workbench.settings.Settings;
import dev.gatehouse.workbench.store.Feeds;
import dev.gatehouse.workbench.store.Quarantine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link FeedLoop} for every feed of every device, so that no feed waits for another. */
@Component
class Collectors implements DeviceWork {

    private final Surroundings surroundings;
    private final DeviceLoops loops;

    Collectors(
            Collector collector,
            SecurityDevices devices,
            Feeds feeds,
            Quarantine quarantine,
            Meters meters,
            Settings settings,
            InstantSource clock,
            DeviceLoops loops,
            MeterRegistry registry) {
        this.surroundings = new Surroundings(
                collector, devices, feeds, quarantine, meters, settings.poll(), clock, RandomGenerator.getDefault());
        this.loops = loops;
        for (var feed : Feed.values()) {
            Gauge.builder("gatehouse.feed.lag", () -> lag(feed))
                    .description("How far the device that is furthest behind has been read, before now")
                    .baseUnit("seconds")
                    .tag("feed", feed.key())
                    .register(registry);
        }
    }

    private double lag(Feed feed) {
        return loops.all(FeedLoop.class)
                .filter(loop -> loop.feed() == feed)
                .map(FeedLoop::completeUntil)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .map(until ->
                        Duration.between(until, surroundings.clock().instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    @Override
    public List<FeedLoop> loopsFor(UUID device) {
        return Arrays.stream(Feed.values())
                .map(feed -> new FeedLoop(device, feed, surroundings, new Nap()))
                .toList();
    }

    @EventListener
    void hurry(PollRequested request) {
        loops.of(request.deviceId(), FeedLoop.class).forEach(FeedLoop::hurry);
    }
}
