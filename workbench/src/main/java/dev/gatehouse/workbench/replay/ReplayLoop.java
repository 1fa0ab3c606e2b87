package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.collect.BackOff;
import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.Passage;
import dev.gatehouse.workbench.collect.Passage.Place;
import dev.gatehouse.workbench.collect.Passage.StepOutcome;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.collect.Source;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Works through one tenant's replays, a page at a time, one replay after the other. What matters is in the database: a new
 * loop goes on in the middle of the day where the last one was.
 *
 * <p>It gives way to polling: it takes what the tenant's budget leaves for history, and it waits while Microsoft has asked the
 * feed's polling to wait.
 */
final class ReplayLoop extends Loop {

    /** How soon it finds what another process was asked for, and a history that nobody told it of. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** A next try that is stored for later than this was stored before somebody set the clock back. */
    private static final Duration LONGEST_PAUSE = BackOff.LONGEST;

    private final TenantId tenant;
    private final Surroundings surroundings;
    private final BackOff databaseBackOff;
    private final Map<Feed, Passage> passages = new EnumMap<>(Feed.class);
    private final Map<Feed, BackOff> backOffs = new EnumMap<>(Feed.class);

    private final Set<Feed> heardOf = ConcurrentHashMap.newKeySet();
    private volatile boolean isHistoryNew = true;

    /** When it last looked for histories to read; by the monotonic clock, as are the next tries. */
    private long lookedForHistory;

    private final Map<UUID, Long> nextTries = new HashMap<>();

    /** Whether there was nothing to read when it looked last. */
    private boolean isAtRest;

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
            TenantsWithWork withWork,
            Quarantine quarantine,
            ApplicationEventPublisher events,
            Budgets budgets,
            Settings settings,
            InstantSource clock,
            MonotonicClock passing,
            RandomGenerator random) {}

    ReplayLoop(TenantId tenant, Surroundings surroundings, Sleeper sleeper) {
        super(sleeper);
        this.tenant = tenant;
        this.surroundings = surroundings;
        var settings = surroundings.settings();
        this.databaseBackOff = BackOff.fromDatabase(surroundings.random());
        for (var feed : Feed.values()) {
            passages.put(
                    feed,
                    new Passage(
                            surroundings.collector(),
                            surroundings.quarantine(),
                            settings.poll(),
                            feed,
                            surroundings.clock(),
                            surroundings.passing()));
            backOffs.put(feed, new BackOff(settings.poll().interval(feed), surroundings.random()));
        }
    }

    /** Notes that a page of a feed was stored; when it is the first one, the feed has a history to read. */
    void hear(Feed feed) {
        if (heardOf.add(feed)) {
            isHistoryNew = true;
            wake();
        }
    }

    @Override
    protected Optional<Duration> round() throws InterruptedException {
        if (isAtRest && !surroundings.withWork().contains(tenant)) {
            return Optional.of(IDLE);
        }
        isAtRest = false;
        var access = surroundings.devices().accessTo(tenant);
        return access.isEmpty() ? Optional.empty() : Optional.of(next(access.get()));
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
                .publishEvent(new ReplayChanged(tenant, atWork.get().id()));
        atWork = Optional.empty();
        return Duration.ZERO;
    }

    @Override
    protected String name() {
        return "Replaying for tenant " + tenant;
    }

    private Duration next(ReadAccess access) throws InterruptedException {
        lookForHistory();
        var open = surroundings.replays().open(tenant);
        if (open.isEmpty()) {
            begun = Optional.empty();
            nextTries.clear();
            isAtRest = true;
            return IDLE;
        }
        var parked = surroundings.feeds().parked(tenant, surroundings.clock().instant());
        var soonest = IDLE;
        for (var replay : open) {
            var wait = longer(untilNextTry(replay), parked.getOrDefault(replay.feed(), Duration.ZERO));
            if (wait.isZero()) {
                // Hunting has the smaller budget. When that is used up, alerts need not wait for it.
                wait = surroundings.budgets().waitOf(tenant, RequestKind.of(replay.feed()), Spender.HISTORY);
            }
            if (wait.isZero()) {
                return work(replay, access);
            }
            soonest = shorter(wait, soonest);
        }
        return soonest;
    }

    /**
     * Queues backfills when a feed has got its first page, also between two pages of others: a feed whose first poll failed
     * is late, and its history must not wait for theirs. Now and then without having been told, too.
     */
    private void lookForHistory() {
        if (!isHistoryNew && surroundings.passing().since(lookedForHistory).compareTo(IDLE) < 0) {
            return;
        }
        isHistoryNew = false;
        try {
            surroundings
                    .replays()
                    .addBackfills(
                            tenant,
                            surroundings.settings().poll().firstLookBack(),
                            surroundings.clock().instant());
            lookedForHistory = surroundings.passing().nanos();
        } catch (RuntimeException e) {
            isHistoryNew = true;
            throw e;
        }
    }

    /** Until a replay may be tried again after a failure. What is stored of it tells how long that is after a start. */
    private Duration untilNextTry(Replay replay) {
        if (replay.nextAt().isEmpty()) {
            nextTries.remove(replay.id());
            return Duration.ZERO;
        }
        var left =
                Duration.between(surroundings.clock().instant(), replay.nextAt().get());
        var moment = nextTries.computeIfAbsent(
                replay.id(),
                id -> surroundings.passing().after(left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE));
        return surroundings.passing().until(moment);
    }

    private Duration work(Replay replay, ReadAccess access) throws InterruptedException {
        var now = surroundings.clock().instant();
        atWork = Optional.of(replay);
        surroundings.replays().begin(replay.id(), now);
        noteWhatIsNotKept(replay, access);
        switch (access) {
            case ReadAccess.Usable usable -> collect(replay, usable);
            case ReadAccess.Unusable(var diagnosis) -> stuck(replay, diagnosis);
        }
        atWork = Optional.empty();
        surroundings.events().publishEvent(new ReplayChanged(tenant, replay.id()));
        databaseBackOff.afterSuccess(Duration.ZERO);
        return Duration.ZERO;
    }

    /** What is not kept from here on is history that is still to be read, should it be wanted again. */
    private void noteWhatIsNotKept(Replay replay, ReadAccess access) {
        if (access instanceof ReadAccess.Usable usable) {
            var kept = DeviceKind.covered(usable.kinds());
            if (!kept.containsAll(replay.keptFor())) {
                surroundings
                        .replays()
                        .keepsOnlyFor(
                                replay.id(),
                                replay.keptFor().stream().filter(kept::contains).collect(Collectors.toSet()));
            }
        }
    }

    /** Takes one step through the slice. */
    private void collect(Replay replay, ReadAccess.Usable access) throws InterruptedException {
        var source = source(replay, access);
        switch (of(passages, replay).step(source, place(replay))) {
            case StepOutcome.Further(var next, var _) -> {
                begun = next.isEnd() ? Optional.empty() : Optional.of(new Begun(replay.id(), source, next));
                of(backOffs, replay).afterSuccess(Duration.ZERO);
            }
            case StepOutcome.Paused(var next, var pause, var failure) -> {
                begun = Optional.of(new Begun(replay.id(), source, next));
                tryAgainAfter(pause, replay, failure.diagnosis());
            }
            case StepOutcome.Waiting(var same, var _) -> begun = Optional.of(new Begun(replay.id(), source, same));
            case StepOutcome.Stuck(var failure) -> {
                begun = Optional.empty();
                stuck(replay, failure.diagnosis());
            }
        }
    }

    /** The slice as it was begun, so that all its pages are one window of the ledger. */
    private Source source(Replay replay, ReadAccess.Usable access) {
        return begun.filter(rest -> rest.replay().equals(replay.id()))
                .map(Begun::source)
                .filter(source -> source.access().equals(access))
                .orElseGet(() -> Source.of(
                        access,
                        replay.feed(),
                        new Look.Again(surroundings.replays().progressOf(replay.id()), replay.slice()),
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
        if (diagnosis.trouble() == Trouble.TABLE_MISSING) {
            surroundings
                    .replays()
                    .giveUp(replay.id(), diagnosis, surroundings.clock().instant());
        } else {
            tryAgainAfter(of(backOffs, replay).after(diagnosis), replay, diagnosis);
        }
    }

    /** The moment is stored for people to see, and for whoever goes on after a start; here the pause is measured. */
    private void tryAgainAfter(Duration pause, Replay replay, Diagnosis diagnosis) {
        nextTries.put(replay.id(), surroundings.passing().after(pause));
        surroundings
                .replays()
                .stuck(replay.id(), diagnosis, surroundings.clock().instant().plus(pause));
    }

    private static <T> T of(Map<Feed, T> byFeed, Replay replay) {
        var found = byFeed.get(replay.feed());
        if (found == null) {
            throw new IllegalStateException("Nothing is known of " + replay.feed());
        }
        return found;
    }
}
