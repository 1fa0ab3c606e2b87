package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.collect.FeedLoop.Surroundings;
import dev.gatehouse.workbench.collect.Passage.Place;
import dev.gatehouse.workbench.collect.Passage.StepOutcome;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads one tenant's recent past once more, and tries again what is in quarantine and due, beside polling: no poll waits for
 * it. It takes its own place in the tenant's budget, behind polling, and it says nothing of how a feed is doing but by how
 * long ago the last second look was. A look that is broken off begins anew.
 */
final class LookBackLoop extends Loop {

    /** How soon it finds what has become due, unless things are due more often. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    private final TenantId tenant;
    private final Surroundings surroundings;
    private final SignInRefusal refusal;
    private final Duration idle;
    private final BackOff databaseBackOff;
    private final Map<Feed, OneFeed> feeds = new EnumMap<>(Feed.class);
    private final List<Feed> turns = new ArrayList<>(List.of(Feed.values()));

    private Optional<OneFeed> atWork = Optional.empty();
    private volatile boolean isHurried;

    /** Where one feed is. Moments are those of the monotonic clock. */
    private final class OneFeed {

        private final Feed feed;
        private final Passage passage;
        private final OwedWindows owed;
        private final BackOff backOff;
        private Optional<Begun> begun = Optional.empty();
        private long notBefore = surroundings.passing().nanos();
        private long retriesFrom = surroundings.passing().nanos();
        private Optional<Long> lookedAt = Optional.empty();

        OneFeed(Feed feed) {
            this.feed = feed;
            var settings = surroundings.settings();
            this.passage = new Passage(
                    surroundings.collector(),
                    surroundings.quarantine(),
                    settings,
                    feed,
                    surroundings.clock(),
                    surroundings.passing());
            this.owed = new OwedWindows(
                    tenant, feed, surroundings.collector(), surroundings.quarantine(), settings, surroundings.clock());
            this.backOff = new BackOff(settings.interval(feed), surroundings.random());
        }

        void pause(Duration pause) {
            notBefore = surroundings.passing().after(pause);
        }

        /**
         * By the last look of this loop; after a start by what is stored. A look that lies in the future was taken before
         * somebody set the clock back.
         */
        boolean isSecondLookDue(FeedState state) {
            var interval = surroundings.settings().secondLookInterval();
            if (lookedAt.isPresent()) {
                return surroundings.passing().since(lookedAt.get()).compareTo(interval) >= 0;
            }
            var now = surroundings.clock().instant();
            return state.secondLook()
                    .filter(last -> last.isAfter(now) || !last.plus(interval).isAfter(now))
                    .isPresent();
        }

        void looked() {
            begun = Optional.empty();
            lookedAt = Optional.of(surroundings.passing().nanos());
            backOff.afterSuccess(Duration.ZERO);
            surroundings.feeds().lookedTwice(tenant, feed, surroundings.clock().instant());
        }
    }

    /** A second look that is taken in part. */
    private record Begun(Source source, Place place) {}

    LookBackLoop(TenantId tenant, Surroundings surroundings, SignInRefusal refusal, Sleeper sleeper) {
        super(sleeper);
        this.tenant = tenant;
        this.surroundings = surroundings;
        this.refusal = refusal;
        this.idle = shorter(
                LONGEST_IDLE,
                shorter(
                        surroundings.settings().secondLookInterval(),
                        surroundings.settings().quarantineRetry()));
        this.databaseBackOff = BackOff.fromDatabase(surroundings.random());
        turns.forEach(feed -> feeds.put(feed, new OneFeed(feed)));
    }

    /** Tries what people want tried again now. */
    void hurry() {
        isHurried = true;
        wake();
    }

    @Override
    protected Optional<Duration> round() throws InterruptedException {
        var start = surroundings.starts().of(tenant);
        var access = start.access();
        if (access.isEmpty()) {
            return Optional.empty();
        }
        if (isHurried) {
            isHurried = false;
            feeds.values()
                    .forEach(one -> one.retriesFrom = surroundings.passing().nanos());
        }
        atWork = Optional.empty();
        var standing = refusal.standing();
        var pause = standing.isPresent()
                ? shorter(standing.get().left(), idle)
                : access.get() instanceof ReadAccess.Usable usable ? next(usable, start.states()) : idle;
        databaseBackOff.afterSuccess(Duration.ZERO);
        return Optional.of(pause);
    }

    /** One feed after the other, a page at a time. */
    private Duration next(ReadAccess.Usable access, List<FeedState> all) throws InterruptedException {
        var states = all.stream().collect(Collectors.toMap(FeedState::feed, Function.identity()));
        var soonest = idle;
        for (var feed : List.copyOf(turns)) {
            var state = states.get(feed);
            var one = feeds.get(feed);
            if (one == null || state == null || state.watermark().isEmpty() || !access.needs(feed)) {
                continue;
            }
            var isRetryDue = state.owed() > 0
                    && surroundings.passing().until(one.retriesFrom).isZero();
            if (one.begun.isEmpty() && state.secondLook().isEmpty()) {
                // The first poll and the backfill see the recent past.
                one.looked();
            }
            if (one.begun.isEmpty() && !isRetryDue && !one.isSecondLookDue(state)) {
                continue;
            }
            var wait = waitOf(one, state);
            if (!wait.isZero()) {
                soonest = shorter(wait, soonest);
                continue;
            }
            turns.remove(feed);
            turns.add(feed);
            work(one, state, access, isRetryDue);
            return Duration.ZERO;
        }
        return soonest;
    }

    private Duration waitOf(OneFeed one, FeedState state) {
        var now = surroundings.clock().instant();
        var parked = state.parkedUntil()
                .filter(now::isBefore)
                .map(until -> shorter(Duration.between(now, until), idle))
                .orElse(Duration.ZERO);
        var own = surroundings.passing().until(one.notBefore);
        var budget = surroundings.budgets().waitOf(tenant, RequestKind.of(one.feed), Spender.SECOND_LOOKS);
        return longer(longer(parked, own), budget);
    }

    private void work(OneFeed one, FeedState state, ReadAccess.Usable access, boolean isRetryDue)
            throws InterruptedException {
        atWork = Optional.of(one);
        if (isRetryDue) {
            one.retriesFrom = surroundings.passing().after(idle);
            one.owed.read(access, this::goOnAfter);
        } else {
            look(one, state, access);
        }
        atWork = Optional.empty();
    }

    /** Takes one step through the recent past. */
    private void look(OneFeed one, FeedState state, ReadAccess.Usable access) throws InterruptedException {
        var now = one.begun
                .filter(rest -> rest.source().access().equals(access))
                .orElseGet(() -> begin(one.feed, state.watermark().orElseThrow(), access));
        one.begun = Optional.of(now);
        switch (one.passage.step(now.source(), now.place())) {
            case StepOutcome.Further(var place, var _) -> {
                if (place.isEnd()) {
                    one.looked();
                } else {
                    one.begun = Optional.of(new Begun(now.source(), place));
                }
            }
            case StepOutcome.Paused(var place, var pause, var _) -> {
                one.begun = Optional.of(new Begun(now.source(), place));
                one.pause(pause);
            }
            case StepOutcome.Waiting(var place, var pause) -> {
                one.begun = Optional.of(new Begun(now.source(), place));
                one.pause(pause);
            }
            case StepOutcome.Stuck(var failure) -> stuck(one, failure);
        }
    }

    /** Before the checkpoint, which is a time of Microsoft's clock. */
    private Begun begin(Feed feed, Instant watermark, ReadAccess.Usable access) {
        var settings = surroundings.settings();
        var window = new Window(watermark.minus(settings.secondLookBack()), watermark.minus(settings.overlap()));
        return new Begun(Source.of(access, feed, new Look.Second(), window), Place.at(window));
    }

    private void stuck(OneFeed one, PollOutcome.Failed failure) {
        one.begun = Optional.empty();
        var own = one.backOff.after(failure.diagnosis());
        one.pause(failure.isAboutSignIn() ? refusal.refused(failure.diagnosis()) : own);
    }

    private void goOnAfter(Duration pause) throws InterruptedException {
        if (!pause.isZero()) {
            sleep(pause);
        }
        if (isStopping()) {
            throw new InterruptedException("Asked to stop between two pages");
        }
    }

    /** Polling says so in the log; this needs no second voice. */
    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        return databaseBackOff.afterFailure();
    }

    /** The look begins anew after a pause. That it does not come about shows in the feed's health. */
    @Override
    protected Duration failed(Fault fault) {
        if (atWork.isEmpty()) {
            return databaseBackOff.afterFailure();
        }
        var one = atWork.get();
        atWork = Optional.empty();
        one.begun = Optional.empty();
        one.pause(one.backOff.afterFailure());
        return Duration.ZERO;
    }

    @Override
    protected String name() {
        return "Looking back at %s of tenant %s"
                .formatted(
                        atWork.map(one -> one.feed.title().toLowerCase(Locale.ROOT))
                                .orElse("the feeds"),
                        tenant);
    }
}
