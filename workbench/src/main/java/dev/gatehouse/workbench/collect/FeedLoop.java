package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.collect.Passage.Place;
import dev.gatehouse.workbench.collect.Passage.StepOutcome;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads one feed of one tenant. A round reads from the checkpoint up to now, and waits for nothing else: {@link LookBackLoop}
 * reads the recent past once more, and what is in quarantine.
 */
final class FeedLoop extends Loop {

    private final TenantId tenant;
    private final Feed feed;
    private final Collector collector;
    private final PollStarts starts;
    private final Feeds feeds;
    private final Meters meters;
    private final Settings.Poll settings;
    private final InstantSource clock;
    private final MicrosoftClock microsoftClock;
    private final Passage passage;
    private final BackOff backOff;
    private final BackOff databaseBackOff;

    private final SignInRefusal refusal;
    private final MonotonicClock passing;

    private boolean isPlanned;
    private volatile boolean parked;
    private volatile boolean isFailing;
    private volatile boolean isMissing;
    private volatile long movedAt;
    private volatile Optional<Instant> completeUntil = Optional.empty();

    FeedLoop(TenantId tenant, Feed feed, Surroundings surroundings, SignInRefusal refusal, Sleeper sleeper) {
        super(sleeper);
        this.refusal = refusal;
        this.passing = surroundings.passing();
        this.movedAt = passing.nanos();
        this.tenant = tenant;
        this.feed = feed;
        this.collector = surroundings.collector();
        this.starts = surroundings.starts();
        this.feeds = surroundings.feeds();
        this.meters = surroundings.meters();
        this.settings = surroundings.settings();
        this.clock = surroundings.clock();
        this.microsoftClock = new MicrosoftClock(clock, passing);
        this.passage = new Passage(collector, surroundings.quarantine(), settings, feed, clock, passing);
        this.backOff = new BackOff(settings.interval(feed), surroundings.random());
        this.databaseBackOff = BackOff.fromDatabase(surroundings.random());
    }

    /** What all loops share. */
    record Surroundings(
            Collector collector,
            PollStarts starts,
            Feeds feeds,
            Quarantine quarantine,
            Meters meters,
            Settings.Poll settings,
            InstantSource clock,
            RandomGenerator random,
            MonotonicClock passing,
            Budgets budgets) {}

    /** Makes the next round begin now, unless Microsoft asked to be left alone. */
    void hurry() {
        if (!parked) {
            refusal.tryNow();
            wake();
        }
    }

    /** Another feed of the tenant gets through again. What this one failed of may be over, too. */
    void tryAgainIfFailing() {
        if (isFailing && !parked) {
            wake();
        }
    }

    /** Whether it is a table that the tenant does not have, so that there is no checkpoint to move. */
    boolean isMissing() {
        return isMissing;
    }

    /** How long the checkpoint has stood where it is, as far as this loop knows. */
    Duration checkpointAge() {
        return passing.since(movedAt);
    }

    Feed feed() {
        return feed;
    }

    /** Everything before this is stored, by Microsoft's clock; empty before the first round. */
    Optional<Instant> completeUntil() {
        return completeUntil;
    }

    @Override
    protected Optional<Duration> round() throws InterruptedException {
        parked = false;
        var start = starts.of(tenant, feed);
        var access = start.access().filter(this::isNeeded);
        if (access.isEmpty()) {
            collector.stopped(tenant, feed);
            return Optional.empty();
        }
        isPlanned = false;
        var pause =
                switch (access.get()) {
                    case ReadAccess.Usable usable -> readIfLetIn(usable, start.state());
                    case ReadAccess.Unusable(var diagnosis) -> {
                        collector.fail(tenant, feed, diagnosis, clock.instant());
                        isFailing = true;
                        yield backOff.after(diagnosis);
                    }
                };
        if (!isPlanned) {
            feeds.planned(tenant, feed, clock.instant().plus(pause));
        }
        databaseBackOff.afterSuccess(Duration.ZERO);
        return Optional.of(pause);
    }

    private boolean isNeeded(ReadAccess access) {
        return !(access instanceof ReadAccess.Usable usable) || usable.needs(feed);
    }

    @Override
    protected Duration failed(Fault fault) {
        var pause = backOff.afterFailure();
        isFailing = true;
        collector.fail(
                tenant, feed, fault.diagnosis("Reading " + feed.title().toLowerCase(Locale.ROOT)), clock.instant());
        feeds.planned(tenant, feed, clock.instant().plus(pause));
        return pause;
    }

    @Override
    protected String name() {
        return "Reading %s of tenant %s".formatted(feed.title().toLowerCase(Locale.ROOT), tenant);
    }

    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        // The log hears of it once, and not from every feed of every tenant.
        meters.databaseAway(feed);
        return databaseBackOff.afterFailure();
    }

    /** Reads on from the checkpoint, unless another feed of the tenant was just told that it cannot sign in. */
    private Duration readIfLetIn(ReadAccess.Usable access, FeedState state) throws InterruptedException {
        var standing = refusal.standing();
        if (standing.isPresent()) {
            collector.fail(tenant, feed, standing.get().diagnosis(), clock.instant());
            isFailing = true;
            return standing.get().left();
        }
        var begun = passing.nanos();
        passage.owes(state.owed());
        var interval = backOff.drawn();
        var next = clock.instant().plus(interval);
        var stuck = read(Source.of(access, feed, new Look.Onward(Optional.of(next)), onward(state)));
        isFailing = stuck.isPresent();
        isMissing = stuck.filter(failure -> failure.diagnosis().trouble() == Trouble.TABLE_MISSING)
                .isPresent();
        return stuck.isPresent() ? pauseAfter(stuck.get()) : backOff.afterSuccess(interval, passing.since(begun));
    }

    /** Reads a window to its end, page by page; gives what it got stuck on, if it did. */
    private Optional<PollOutcome.Failed> read(Source source) throws InterruptedException {
        var place = Place.at(source.poll().window());
        do {
            requireGoingOn();
            switch (passage.step(source, place)) {
                case StepOutcome.Further(var next, var receipt) -> {
                    receipt.ifPresent(this::letIn);
                    // The page's transaction has noted when the feed is due again.
                    isPlanned = receipt.isPresent() && next.gap().isEmpty();
                    if (next.gap().isEmpty()) {
                        completeUpTo(next.rest().from());
                    }
                    place = next;
                }
                case StepOutcome.Paused(var next, var pause, var failure) -> {
                    isPlanned = false;
                    microsoftClock.learnFrom(failure.receipt());
                    feeds.planned(tenant, feed, clock.instant().plus(pause));
                    parked = failure.diagnosis().retryAfter().isPresent();
                    sleep(pause);
                    parked = false;
                    place = next;
                }
                case StepOutcome.Waiting(var same, var duration) -> {
                    sleep(duration);
                    place = same;
                }
                case StepOutcome.Stuck(var failure) -> {
                    isPlanned = false;
                    return Optional.of(failure);
                }
            }
        } while (!place.isEnd());
        return Optional.empty();
    }

    private void letIn(Receipt receipt) {
        microsoftClock.learnFrom(receipt);
        refusal.worked();
    }

    private void completeUpTo(Instant instant) {
        if (completeUntil.filter(instant::isAfter).isPresent() || completeUntil.isEmpty()) {
            completeUntil = Optional.of(instant);
            movedAt = passing.nanos();
        }
    }

    private void requireGoingOn() throws InterruptedException {
        if (isStopping()) {
            throw new InterruptedException("Asked to stop between two pages");
        }
    }

    private Duration pauseAfter(PollOutcome.Failed failure) {
        microsoftClock.learnFrom(failure.receipt());
        parked = failure.diagnosis().retryAfter().isPresent();
        var own = backOff.after(failure.diagnosis());
        return failure.isAboutSignIn() ? refusal.refused(failure.diagnosis()) : own;
    }

    /**
     * From a little before the checkpoint, for what became visible late, up to now by Microsoft's clock. The first time it
     * starts with the last minutes, so that today is there at once; a replay reads what lies before them.
     */
    private Window onward(FeedState state) {
        var now = microsoftClock.now();
        var from = state.watermark()
                .map(watermark -> watermark.minus(settings.overlap()))
                .orElseGet(() -> now.minus(settings.overlap()));
        // A checkpoint later than now means that our clock is behind, and nobody has told us yet by how much.
        var to = state.watermark().filter(now::isBefore).orElse(now);
        return new Window(from, to);
    }
}
