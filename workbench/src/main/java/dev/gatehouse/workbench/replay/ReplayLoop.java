package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.collect.BackOff;
import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.Passage;
import dev.gatehouse.workbench.collect.Passage.Place;
import dev.gatehouse.workbench.collect.Passage.Stride;
import dev.gatehouse.workbench.collect.Source;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.Credentials;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.lease.Fault;
import dev.gatehouse.workbench.lease.Loop;
import dev.gatehouse.workbench.lease.Sleeper;
import dev.gatehouse.workbench.settings.Settings;
import dev.gatehouse.workbench.store.Feeds;
import dev.gatehouse.workbench.store.Quarantine;
import dev.gatehouse.workbench.store.Replay;
import dev.gatehouse.workbench.store.Replays;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Works through one device's replays, a page at a time, one replay after the other. What matters is in the database: a new
 * loop goes on in the middle of the day where the last one was.
 *
 * <p>It gives way to polling: it takes what the tenant's budget leaves for history, and it waits while Microsoft has asked the
 * feed's polling to wait.
 */
final class ReplayLoop extends Loop {

    /** How soon it finds what another process was asked for. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final UUID device;
    private final Surroundings surroundings;
    private final BackOff databaseBackOff;
    private final Map<Feed, Passage> passages = new EnumMap<>(Feed.class);
    private final Map<Feed, BackOff> backOffs = new EnumMap<>(Feed.class);

    private final Set<Feed> heardOf = ConcurrentHashMap.newKeySet();

    private Optional<Begun> begun = Optional.empty();
    private Optional<Replay> atWork = Optional.empty();

    /** A slice that is read in part. Its reading may have a link, which the database does not know. */
    private record Begun(UUID replay, Source source, Place place) {}

    /** What all loops share. */
    record Surroundings(
            Collector collector,
            SecurityDevices devices,
            Feeds feeds,
            Replays replays,
            Quarantine quarantine,
            ApplicationEventPublisher events,
            Budgets budgets,
            Settings settings,
            InstantSource clock,
            RandomGenerator random) {}

    ReplayLoop(UUID device, Surroundings surroundings, Sleeper sleeper) {
        super(sleeper);
        this.device = device;
        this.surroundings = surroundings;
        var settings = surroundings.settings();
        this.databaseBackOff = BackOff.fromDatabase(surroundings.random());
        for (var feed : Feed.values()) {
            var interval = settings.poll().interval(feed);
            passages.put(
                    feed,
                    new Passage(
                            surroundings.collector(),
                            surroundings.quarantine(),
                            settings.poll(),
                            settings.poll().pageSize().of(feed),
                            interval,
                            surroundings.clock()));
            backOffs.put(feed, new BackOff(interval, surroundings.random()));
        }
    }

    /** Notes that a page of a feed was stored; when it is the first one, the feed has a history to read. */
    void hear(Feed feed) {
        if (heardOf.add(feed)) {
            wake();
        }
    }

    @Override
    protected Optional<Duration> round() throws InterruptedException {
        var found = surroundings.devices().find(device);
        if (found.isEmpty() || !found.get().enabled()) {
            return Optional.empty();
        }
        return Optional.of(next(found.get().directory()));
    }

    /** Polling says so in the log; this needs no second voice. */
    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        begun = Optional.empty();
        return databaseBackOff.afterFailure();
    }

    /** The replay that was worked on says so, and lets the next one pass. */
    @Override
    protected Duration failed(Fault fault) {
        begun = Optional.empty();
        var pause = databaseBackOff.afterFailure();
        if (atWork.isEmpty()) {
            return pause;
        }
        stuck(atWork.get(), fault.diagnosis("This replay"));
        surroundings
                .events()
                .publishEvent(new ReplayChanged(device, atWork.get().id()));
        atWork = Optional.empty();
        return Duration.ZERO;
    }

    @Override
    protected String name() {
        return "Replaying for device " + device;
    }

    private Duration next(TenantId tenant) throws InterruptedException {
        var now = surroundings.clock().instant();
        // At every turn: a feed whose first poll failed is late, and its history must not wait for that of the others.
        surroundings
                .replays()
                .addBackfills(device, surroundings.settings().poll().firstLookBack(), now);
        var open = surroundings.replays().open(device);
        if (open.isEmpty()) {
            begun = Optional.empty();
            return IDLE;
        }
        var soonest = IDLE;
        for (var replay : open) {
            var wait = waitOf(replay, now);
            if (wait.isZero()) {
                // Hunting has the smaller budget. When that is used up, alerts need not wait for it.
                wait = surroundings.budgets().waitOf(tenant, RequestKind.of(replay.feed()), Spender.HISTORY);
            }
            if (wait.isZero()) {
                return work(replay);
            }
            soonest = wait.compareTo(soonest) < 0 ? wait : soonest;
        }
        return soonest;
    }

    /** Until a replay may ask: after a failure, and while Microsoft wants the feed to be left alone. */
    private Duration waitOf(Replay replay, Instant now) {
        var parked = surroundings.feeds().of(device, replay.feed()).parkedUntil();
        var wait = until(replay.nextAt(), now);
        var parkedFor = until(parked, now);
        return parkedFor.compareTo(wait) > 0 ? parkedFor : wait;
    }

    private static Duration until(Optional<Instant> instant, Instant now) {
        return instant.filter(now::isBefore)
                .map(then -> Duration.between(now, then))
                .orElse(Duration.ZERO);
    }

    private Duration work(Replay replay) throws InterruptedException {
        var now = surroundings.clock().instant();
        atWork = Optional.of(replay);
        surroundings.replays().begin(replay.id(), now);
        switch (surroundings.devices().credentials(device)) {
            case Credentials.Usable(var connection) -> collect(replay, connection);
            case Credentials.Unusable(var diagnosis) -> stuck(replay, diagnosis);
        }
        atWork = Optional.empty();
        surroundings.events().publishEvent(new ReplayChanged(device, replay.id()));
        databaseBackOff.afterSuccess(Duration.ZERO);
        return Duration.ZERO;
    }

    /** Takes one step through the slice. */
    private void collect(Replay replay, Connection connection) throws InterruptedException {
        var source = source(replay, connection);
        switch (of(passages, replay).step(source, place(replay))) {
            case Stride.Further(var next, var _) -> {
                begun = next.isEnd() ? Optional.empty() : Optional.of(new Begun(replay.id(), source, next));
                of(backOffs, replay).afterSuccess(Duration.ZERO);
            }
            case Stride.Paused(var next, var pause, var failure) -> {
                begun = Optional.of(new Begun(replay.id(), source, next));
                var now = surroundings.clock().instant();
                surroundings.replays().stuck(replay.id(), failure.diagnosis(), now.plus(pause));
            }
            case Stride.Waiting(var same, var _) -> begun = Optional.of(new Begun(replay.id(), source, same));
            case Stride.Stuck(var failure) -> {
                begun = Optional.empty();
                stuck(replay, failure.diagnosis());
            }
        }
    }

    /** The slice as it was begun, so that all its pages are one window of the ledger. */
    private Source source(Replay replay, Connection connection) {
        return begun.filter(rest -> rest.replay().equals(replay.id()))
                .map(Begun::source)
                .filter(source -> source.connection().equals(connection))
                .orElseGet(() -> Source.of(
                        device,
                        connection,
                        replay.feed(),
                        new Look.Again(replay.id(), replay.slice()),
                        replay.slice()));
    }

    /** The rest of the slice: behind a link when we have just got one, otherwise from where it is complete. */
    private Place place(Replay replay) {
        var slice = replay.slice();
        return begun.filter(rest -> rest.replay().equals(replay.id()))
                .map(Begun::place)
                .orElseGet(
                        () -> Place.at(replay.reached().map(slice::startingAt).orElse(slice)));
    }

    /** Polling probes for a missing table daily, and queues its history once it is there; a replay need not wait for it. */
    private void stuck(Replay replay, Diagnosis diagnosis) {
        var now = surroundings.clock().instant();
        if (diagnosis.trouble() == Trouble.TABLE_MISSING) {
            surroundings.replays().giveUp(replay.id(), diagnosis, now);
        } else {
            surroundings
                    .replays()
                    .stuck(replay.id(), diagnosis, now.plus(of(backOffs, replay).after(diagnosis)));
        }
    }

    private static <T> T of(Map<Feed, T> byFeed, Replay replay) {
        var found = byFeed.get(replay.feed());
        if (found == null) {
            throw new IllegalStateException("Nothing is known of " + replay.feed());
        }
        return found;
    }
}
