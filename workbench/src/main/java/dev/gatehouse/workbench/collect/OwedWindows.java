package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Tries again what is in quarantine and due, of one feed. */
final class OwedWindows {

    /** In one round, so that polling does not wait for many of them. */
    private static final int MOST_AT_ONCE = 20;

    /** From an attempt that failed to the next. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final TenantId tenant;
    private final Feed feed;
    private final Collector collector;
    private final Quarantine quarantine;
    private final Settings.Poll settings;
    private final InstantSource clock;

    OwedWindows(
            TenantId tenant,
            Feed feed,
            Collector collector,
            Quarantine quarantine,
            Settings.Poll settings,
            InstantSource clock) {
        this.tenant = tenant;
        this.feed = feed;
        this.collector = collector;
        this.quarantine = quarantine;
        this.settings = settings;
        this.clock = clock;
    }

    /** Asked between two pages: waits, and throws when the loop is to stop. */
    interface Checkpoint {
        void passAfter(Duration pause) throws InterruptedException;
    }

    /** Reads what can be read; the rest is due again after a while. */
    void read(ReadAccess.Usable access, Checkpoint checkpoint) throws InterruptedException {
        for (var window : quarantine.due(tenant, feed, clock.instant(), MOST_AT_ONCE)) {
            var source = Source.of(access, feed, new Look.Owed(window.id()), window.window());
            var failure = read(source, window, settings.pageSize().of(feed), checkpoint);
            if (failure.filter(this::isEased).isPresent()) {
                failure = read(source, window, 1, checkpoint);
            }
            if (failure.filter(this::isEased).isPresent()) {
                salvage(source, window, failure.get(), checkpoint);
            }
            if (failure.isPresent()) {
                failedAgain(window, failure.get());
                if (!isEased(failure.get())) {
                    // Throttled, refused or away: the others would fare no better.
                    return;
                }
            }
        }
    }

    private Optional<PollOutcome.Failed> read(
            Source source, QuarantinedWindow window, int pageSize, Checkpoint checkpoint) throws InterruptedException {
        var rest = Optional.of(Reading.of(window.window(), pageSize));
        while (rest.isPresent()) {
            checkpoint.passAfter(Duration.ZERO);
            switch (collector.collect(source, rest.get())) {
                case Step.Taken(var progress, var receipt) -> rest = progress.rest();
                case Step.Wait(var duration) -> checkpoint.passAfter(duration);
                case Step.Held(var progress, var failure) -> {
                    return Optional.of(failure);
                }
                case Step.Stuck(var failure) -> {
                    return Optional.of(failure);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isEased(PollOutcome.Failed failure) {
        return failure.isEasedByAskingForLess(feed);
    }

    /** What is not cut any finer has good records beside the spoilt one, and some that became readable late. */
    private void salvage(Source source, QuarantinedWindow window, PollOutcome.Failed failure, Checkpoint checkpoint)
            throws InterruptedException {
        if (!Salvage.mayHelp(failure) || window.window().length().compareTo(settings.smallestWindow()) > 0) {
            return;
        }
        var salvage = new Salvage(window.window(), failure, settings.pageSize().of(feed));
        var asked = salvage.next();
        while (asked.isPresent()) {
            checkpoint.passAfter(Duration.ZERO);
            switch (collector.collect(source.heldBy(failure.diagnosis()), asked.get())) {
                case Step.Taken(var progress, var receipt) -> salvage.came(asked.get(), progress);
                case Step.Held(var progress, var _) -> salvage.came(asked.get(), progress);
                case Step.Wait(var duration) -> checkpoint.passAfter(duration);
                case Step.Stuck(var why) -> {
                    if (!isEased(why)) {
                        return;
                    }
                    salvage.fell(asked.get());
                    checkpoint.passAfter(PAUSE);
                }
            }
            asked = salvage.next();
        }
    }

    private void failedAgain(QuarantinedWindow window, PollOutcome.Failed failure) {
        var now = clock.instant();
        quarantine.failedAgain(window.id(), failure.diagnosis(), now, now.plus(settings.quarantineRetry()));
        if (isEased(failure)) {
            quarantine.cutInTwo(window.id(), settings.smallestWindow());
        }
    }
}
