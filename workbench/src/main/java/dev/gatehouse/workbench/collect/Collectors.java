package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.collect.FeedLoop.Surroundings;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.PollRequested;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.TenantLoops;
import dev.gatehouse.workbench.processes.TenantWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link FeedLoop} for every feed of every tenant, so that no feed waits for another. */
@Component
class Collectors implements TenantWork {

    private final Surroundings surroundings;
    private final TenantLoops loops;

    Collectors(
            Collector collector,
            PollStarts starts,
            Feeds feeds,
            Quarantine quarantine,
            Meters meters,
            Settings settings,
            InstantSource clock,
            MonotonicClock passing,
            Budgets budgets,
            TenantLoops loops,
            MeterRegistry registry) {
        this.surroundings = new Surroundings(
                collector,
                starts,
                feeds,
                quarantine,
                meters,
                settings.poll(),
                clock,
                RandomGenerator.getDefault(),
                passing,
                budgets);
        this.loops = loops;
        for (var feed : Feed.values()) {
            Gauge.builder("gatehouse.feed.lag", () -> lag(feed))
                    .description("How far the tenant that is furthest behind has been read, before now")
                    .baseUnit("seconds")
                    .tag("feed", feed.key())
                    .register(registry);
            Gauge.builder("gatehouse.checkpoint.age", () -> checkpointAge(feed))
                    .description("For how long the checkpoint that has stood still the longest has not moved")
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

    private double checkpointAge(Feed feed) {
        return loops.all(FeedLoop.class)
                .filter(loop -> loop.feed() == feed && !loop.isMissing())
                .mapToDouble(loop -> loop.checkpointAge().toMillis() / 1000.0)
                .max()
                .orElse(0.0);
    }

    @Override
    public List<Loop> loopsFor(TenantId tenant) {
        var poll = surroundings.settings();
        var shortest = poll.interval().compareTo(poll.huntingInterval()) < 0 ? poll.interval() : poll.huntingInterval();
        var refusal = new SignInRefusal(new BackOff(shortest, surroundings.random()), surroundings.passing());
        var polling = Arrays.stream(Feed.values())
                .map(feed -> new FeedLoop(tenant, feed, surroundings, refusal, new SystemSleeper()))
                .toList();
        var lookingBack = new LookBackLoop(tenant, surroundings, refusal, new SystemSleeper());
        refusal.whenItWorks(() -> {
            polling.forEach(FeedLoop::tryAgainIfFailing);
            lookingBack.wake();
        });
        var all = new ArrayList<Loop>(polling);
        all.add(lookingBack);
        return all;
    }

    @EventListener
    void hurry(PollRequested request) {
        loops.of(request.tenant(), FeedLoop.class).forEach(FeedLoop::hurry);
        loops.of(request.tenant(), LookBackLoop.class).forEach(LookBackLoop::hurry);
    }

    /** What one feed suffered from may be over for all: a consent that was missing, a network that was down. */
    @EventListener
    void hear(FeedRecovered recovered) {
        loops.of(recovered.tenant(), FeedLoop.class)
                .filter(loop -> loop.feed() != recovered.feed())
                .forEach(FeedLoop::tryAgainIfFailing);
    }
}
