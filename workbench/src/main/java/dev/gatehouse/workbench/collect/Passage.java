package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.NextLink;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Progress;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.collect.Ladder.Rung;
import dev.gatehouse.workbench.collect.Quarantine.Owed;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Leads one feed through a window of time, a page at a time: around what is in quarantine, with less at once while answers
 * fail, and past what cannot be read at all once it is in quarantine.
 */
public final class Passage {

    /** How often a page behind a link is asked for again as it is. */
    private static final int SAME_LINK_AGAIN = 3;

    private final Collector collector;
    private final Quarantine quarantine;
    private final Ladder ladder;
    private final Duration retryAfter;
    private final InstantSource clock;
    private final int pageSize;

    /** Whether it was just looked up that nothing of the feed is in quarantine. */
    private boolean isNothingOwed;

    /** A window that cannot be read and is about to be passed over. */
    private Optional<GivenUp> givenUp = Optional.empty();

    /** The link whose page failed last. */
    private Optional<Failing> failing = Optional.empty();

    private record Failing(NextLink link, int times) {}

    /** A failure that is not yet decided on, because Microsoft wants to be left alone first. */
    private Optional<Unasked> unasked = Optional.empty();

    private record Unasked(Rung rung, PollOutcome.Failed failure) {

        boolean isAbout(Place place) {
            return switch (rung) {
                case Rung.Less(var _) -> false;
                case Rung.Doubt(var window) -> window.contains(place.rest().from());
                case Rung.GivenUp(var window, var _) ->
                    window.contains(place.rest().from());
            };
        }
    }

    /** What can be read of it comes first. */
    private record GivenUp(Window window, int attempts, Salvage salvage) {}

    /**
     * Makes one for a feed.
     *
     * @param clock for what is stored
     * @param passing for what is waited for
     */
    public Passage(
            Collector collector,
            Quarantine quarantine,
            Settings.Poll settings,
            Feed feed,
            InstantSource clock,
            MonotonicClock passing) {
        this(collector, quarantine, settings, settings.pageSize().of(feed), settings.interval(feed), clock, passing);
    }

    /** One that asks for so many records when all is well. */
    Passage(
            Collector collector,
            Quarantine quarantine,
            Settings.Poll settings,
            int pageSize,
            Duration interval,
            InstantSource clock,
            MonotonicClock passing) {
        this.collector = collector;
        this.quarantine = quarantine;
        this.ladder = new Ladder(pageSize, settings.smallestWindow(), settings.quarantineAfter(), interval, passing);
        this.retryAfter = settings.quarantineRetry();
        this.clock = clock;
        this.pageSize = pageSize;
    }

    /**
     * Where a feed is in a window.
     *
     * @param rest what is left of it
     * @param reading what to ask for next, when the last page told
     * @param gap why something before this place is missing, so that the checkpoint has to wait
     */
    public record Place(Window rest, Optional<Reading> reading, Optional<PollOutcome.Failed> gap) {

        public static Place at(Window window) {
            return new Place(window, Optional.empty(), Optional.empty());
        }

        private Place reading(Optional<Reading> next) {
            return new Place(rest, next, gap);
        }

        private Place behind(PollOutcome.Failed failure) {
            return new Place(rest, reading, gap.or(() -> Optional.of(failure)));
        }

        public boolean isEnd() {
            return rest.isEmpty();
        }

        private Place afresh() {
            return reading(Optional.empty());
        }

        private Place from(Instant instant) {
            return new Place(rest.startingAt(instant.isBefore(rest.to()) ? instant : rest.to()), Optional.empty(), gap);
        }
    }

    /** Tells how many windows of the feed are in quarantine, so that it need not be asked for those of this round. */
    void owes(int windows) {
        isNothingOwed = windows == 0;
    }

    /** How a step ends. */
    public sealed interface StepOutcome {

        /** Further, by a page or around something; the receipt is that of the page. */
        record Further(Place place, Optional<Receipt> receipt) implements StepOutcome {}

        /** A page failed; less is to be asked for after the pause. */
        record Paused(Place place, Duration pause, PollOutcome.Failed failure) implements StepOutcome {}

        /** Nothing was asked, because the tenant's budget has no room for so long. */
        record Waiting(Place place, Duration duration) implements StepOutcome {}

        /** Microsoft gives nothing at the moment, or not to us. */
        record Stuck(PollOutcome.Failed failure) implements StepOutcome {}
    }

    /**
     * Takes one step.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not take it; nothing has changed then
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public StepOutcome step(Source source, Place place) throws InterruptedException {
        var held = place.gap().map(gap -> source.heldBy(gap.diagnosis())).orElse(source);
        var outcome = givenUp.isPresent()
                        && givenUp.get().window().contains(place.rest().from())
                ? salvage(held, place, givenUp.get())
                : goOn(held, place);
        // Records behind a gap are stored, and where they end is still not how far the feed is read.
        return outcome instanceof StepOutcome.Further(var next, var _)
                        && next.isEnd()
                        && next.gap().isPresent()
                ? new StepOutcome.Stuck(next.gap().get())
                : outcome;
    }

    private StepOutcome goOn(Source source, Place place) throws InterruptedException {
        givenUp = Optional.empty();
        if (unasked.filter(found -> found.isAbout(place)).isPresent()) {
            var wait = collector.pauseOf(source);
            if (!wait.isZero()) {
                return new StepOutcome.Waiting(place, wait);
            }
            var found = unasked.get();
            unasked = Optional.empty();
            return climb(source, place, found.rung(), found.failure());
        }
        unasked = Optional.empty();
        var reading = place.reading();
        if (reading.isEmpty()) {
            var owed = isNothingOwed
                    ? Optional.<Window>empty()
                    : quarantine.firstIn(source.tenant(), source.feed(), place.rest());
            if (owed.filter(window -> !window.from().isAfter(place.rest().from()))
                    .isPresent()) {
                var behind = place.from(owed.get().to());
                collector.goAround(source, behind.rest().from(), clock.instant());
                return new StepOutcome.Further(behind, Optional.empty());
            }
            var clear = owed.map(window -> new Window(place.rest().from(), window.from()))
                    .orElse(place.rest());
            reading = Optional.of(ladder.ask(clear));
        }
        var asked = reading.get();
        return switch (collector.collect(source, asked)) {
            case Step.Wait(var duration) -> new StepOutcome.Waiting(place, duration);
            case Step.Taken(var progress, var receipt) -> {
                isNothingOwed &= progress.overfull().isEmpty();
                yield new StepOutcome.Further(further(place, asked, progress), Optional.of(receipt));
            }
            case Step.Held(var progress, var failure) ->
                failure.isEasedByAskingForLess(source.feed())
                        ? fell(source, place, asked, failure)
                        : new StepOutcome.Further(
                                further(place.behind(failure), asked, progress), Optional.of(failure.receipt()));
            case Step.Stuck(var failure) -> fell(source, place, asked, failure);
        };
    }

    private Place further(Place place, Reading asked, Progress progress) {
        failing = Optional.empty();
        ladder.came(asked, progress);
        var isFurther = progress.completeUntil().isAfter(place.rest().from());
        var next = isFurther ? place.from(progress.completeUntil()) : place;
        // What lies behind a window is asked for afresh, with as much at once as the ladder allows by now.
        return next.reading(progress.rest().filter(rest -> !isFurther));
    }

    private StepOutcome fell(Source source, Place place, Reading asked, PollOutcome.Failed failure)
            throws InterruptedException {
        if (mayComeYet(asked, failure)) {
            return pausing(place.reading(Optional.of(asked)), ladder.pause(), failure);
        }
        if (!failure.isEasedByAskingForLess(source.feed())) {
            ladder.startOver();
            return new StepOutcome.Stuck(failure);
        }
        var rung = ladder.fell(source.feed(), asked, failure);
        var wish = collector.pauseOf(source);
        if (!(rung instanceof Rung.Less) && !wish.isZero()) {
            // Whether it answers anything else is a question, too.
            unasked = Optional.of(new Unasked(rung, failure));
            return pausing(place.afresh(), wish, failure);
        }
        return climb(source, place, rung, failure);
    }

    /**
     * Whether the page behind a link is to be asked for once more as it is. A list in no order counts for nothing until its
     * last page has come; whoever begins anew at every failure does not get to the end of a long one.
     */
    private boolean mayComeYet(Reading asked, PollOutcome.Failed failure) {
        var link = asked.link();
        if (link.isEmpty() || !isPassing(failure)) {
            failing = Optional.empty();
            return false;
        }
        var times = failing.filter(found -> found.link().equals(link.get()))
                .map(Failing::times)
                .orElse(0);
        failing = Optional.of(new Failing(link.get(), times + 1));
        return times < SAME_LINK_AGAIN;
    }

    private static boolean isPassing(PollOutcome.Failed failure) {
        return switch (failure.diagnosis().trouble()) {
            case THROTTLED, BROKEN_OFF, TIMED_OUT, UNREADABLE_ANSWER -> true;
            // An error 500 may be about a record on that page, which does not come however often it is asked for.
            case MICROSOFT_ERROR -> failure.diagnosis().httpStatus().orElse(0) > 500;
            default -> false;
        };
    }

    private StepOutcome climb(Source source, Place place, Rung rung, PollOutcome.Failed failure)
            throws InterruptedException {
        return switch (rung) {
            case Rung.Less(var pause) -> pausing(place.afresh(), pause, failure);
            case Rung.Doubt(var window) -> {
                var outage = collector.outage(source, window);
                yield outage.isPresent()
                        ? stuck(outage.get())
                        : pausing(place.afresh(), ladder.narrow(window), failure);
            }
            case Rung.GivenUp(var window, var attempts) -> {
                var outage = collector.outage(source, window);
                if (outage.isPresent()) {
                    yield stuck(outage.get());
                }
                if (!Salvage.mayHelp(failure)) {
                    yield passOver(source, place, window, attempts, failure);
                }
                givenUp = Optional.of(new GivenUp(window, attempts, new Salvage(window, failure, pageSize)));
                yield pausing(place.afresh(), ladder.pause(), failure);
            }
        };
    }

    /** Takes a step of bringing what can be read of a window; when there is no more, the window is passed over. */
    private StepOutcome salvage(Source source, Place place, GivenUp found) throws InterruptedException {
        var salvage = found.salvage();
        var asked = salvage.next();
        if (asked.isEmpty()) {
            return passOver(source, place, found.window(), found.attempts(), salvage.failure());
        }
        return switch (collector.collect(source.heldBy(salvage.failure().diagnosis()), asked.get())) {
            case Step.Wait(var duration) -> new StepOutcome.Waiting(place, duration);
            case Step.Taken(var progress, var receipt) -> {
                salvage.came(asked.get(), progress);
                yield new StepOutcome.Further(place, Optional.of(receipt));
            }
            case Step.Held(var progress, var failure) -> {
                salvage.came(asked.get(), progress);
                yield new StepOutcome.Further(place, Optional.of(failure.receipt()));
            }
            case Step.Stuck(var failure) -> {
                if (failure.isEasedByAskingForLess(source.feed())) {
                    salvage.fell(asked.get());
                    yield pausing(place.afresh(), ladder.pause(), failure);
                }
                // Refused or throttled: the window is owed with all that is in it, and there is time to come back to
                // it.
                var behind = passOver(source, place, found.window(), found.attempts(), salvage.failure());
                yield pausing(behind.place().afresh(), ladder.pause(), failure);
            }
        };
    }

    private StepOutcome.Further passOver(
            Source source, Place place, Window window, int attempts, PollOutcome.Failed failure) {
        givenUp = Optional.empty();
        isNothingOwed = false;
        var kept = Quarantine.keepable(window);
        var behind = place.from(kept.to());
        collector.passOver(
                source,
                failure,
                new Owed(kept, failure.diagnosis(), attempts, clock.instant().plus(retryAfter)),
                behind.rest().from());
        ladder.passed();
        return new StepOutcome.Further(behind, Optional.empty());
    }

    private StepOutcome stuck(PollOutcome.Failed outage) {
        ladder.startOver();
        return new StepOutcome.Stuck(outage);
    }

    /** Microsoft's own wish counts for more than ours. */
    private static StepOutcome pausing(Place place, Duration pause, PollOutcome.Failed failure) {
        var wish = failure.diagnosis().retryAfter().orElse(Duration.ZERO);
        return new StepOutcome.Paused(place, wish.compareTo(pause) > 0 ? wish : pause, failure);
    }
}
