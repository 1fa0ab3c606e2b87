package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Progress;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much of a feed is asked for at once, and how that shrinks while answers fail: smaller pages first, then half the
 * window, and half of that, until what cannot be read stands alone. It asks nobody; {@link Passage} does.
 *
 * <p>It comes to an end: a failure makes the page smaller, or the window shorter, or is counted on the smallest window; and
 * only a page that gets further in time makes them larger again.
 */
public final class Ladder {

    private static final int SHRINK = 4;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PASSED = Duration.ofHours(1);

    /** No window is longer, so that it is no limit any more. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(366);

    private final int largestPage;
    private final Duration smallest;
    private final int patience;
    private final Duration pause;

    private int page;

    /** The page that does not come while a smaller one does. */
    private final Limit<Integer> tooLarge;

    /** Whether it was the way or the size that failed, and not something in the answer. */
    private boolean isAboutSize;

    /** The window that Microsoft does not look through while it does a shorter one. */
    private final Limit<Duration> tooLong;

    private Optional<Duration> longest = Optional.empty();

    /** How often in a row windows were too long. */
    private int tooLongInARow;

    /** A page that came full, and still led no further: of rows that share one time, more have to be asked for. */
    private Optional<Reading> tied = Optional.empty();

    /** What did not come as a whole. */
    private Optional<Window> suspect = Optional.empty();

    /** The longest window to ask for behind what was passed over. */
    private Optional<Duration> span = Optional.empty();

    /** How long a window may be so that one page holds it, as far as pages have told. */
    private Optional<Fitting> fitting = Optional.empty();

    private record Fitting(Duration length, int page) {

        /** Pages of another size hold as much more, or less. */
        Duration with(int otherPage) {
            return otherPage == page ? length : Duration.ofMillis(Math.max(1, length.toMillis() * otherPage / page));
        }
    }

    private boolean isBehindPassed;
    private Duration least;
    private int attempts;

    /**
     * Makes one for a feed.
     *
     * @param largestPage how many records to ask for when all is well
     * @param smallest how far to cut a window down
     * @param patience how many attempts on the smallest window fail before it is given up
     * @param interval from one poll to the next; attempts are not further apart than that at first
     * @param clock for how long it is remembered what was too much
     */
    public Ladder(int largestPage, Duration smallest, int patience, Duration interval, MonotonicClock clock) {
        this.largestPage = largestPage;
        this.smallest = smallest;
        this.patience = patience;
        this.pause = interval.compareTo(LONGEST_PAUSE) < 0 ? interval : LONGEST_PAUSE;
        this.page = largestPage;
        this.least = smallest;
        this.tooLarge = new Limit<>(clock);
        this.tooLong = new Limit<>(clock);
    }

    /** What a failure leads to. */
    public sealed interface Rung {

        /** Less is asked for after a pause. */
        record Less(Duration pause) implements Rung {}

        /** A single record failed, too: either this window is spoilt, or Microsoft answers nothing at all. */
        record Doubt(Window window) implements Rung {}

        /** Nothing of this window could be read, and there is nothing left to make smaller. */
        record GivenUp(Window window, int attempts) implements Rung {}
    }

    /** The part of what is left that is asked for next. */
    public Reading ask(Window rest) {
        tied = tied.filter(page -> page.window().from().equals(rest.from()));
        if (suspect.filter(found -> !found.contains(rest.from())).isPresent()) {
            suspect = Optional.empty();
            attempts = 0;
        }
        var end = suspect.map(found -> part(found.startingAt(rest.from())).to())
                .filter(rest.to()::isAfter)
                .orElse(rest.to());
        var near = span.map(rest.from()::plus).filter(end::isAfter).orElse(end);
        var nearest = longest.map(rest.from()::plus).filter(near::isAfter).orElse(near);
        var size = Math.max(page, least(rest.from()));
        var fits = fitting.map(known -> rest.from().plus(known.with(size)))
                .filter(nearest::isAfter)
                .orElse(nearest);
        return Reading.of(new Window(rest.from(), fits), size);
    }

    /** Fewer records than that lead no further from there. */
    private int least(Instant from) {
        return tied.filter(page -> page.window().from().equals(from))
                .map(page -> 2 * page.pageSize())
                .orElse(1);
    }

    /** From one attempt to the next, at first. */
    Duration pause() {
        return pause;
    }

    private Window part(Window window) {
        return window.length().compareTo(least) > 0 ? window.firstHalf() : window;
    }

    /** A page came. */
    public void came(Reading asked, Progress progress) {
        var isMoreThanAPage = !progress.completeUntil().isAfter(asked.window().from());
        if (isMoreThanAPage || fitting.isPresent()) {
            // Where everything fits, nothing has to be remembered.
            fitting = progress.fitting()
                    .map(length -> new Fitting(length, asked.pageSize()))
                    .or(() -> fitting);
        }
        if (progress.completeUntil().isAfter(asked.window().from())) {
            tooLarge.came(asked.pageSize());
            tooLong.came(asked.window().length());
            gotFurther(progress);
        } else if (isTied(asked, progress)) {
            tied = Optional.of(asked);
        }
        if (progress.rest().isEmpty()) {
            span = Optional.empty();
            isBehindPassed = false;
        }
    }

    private static Optional<Duration> twice(Duration length) {
        return Optional.of(length.multipliedBy(2)).filter(twice -> twice.compareTo(LONGEST_WINDOW) < 0);
    }

    private static boolean isTied(Reading asked, Progress progress) {
        return progress.rest()
                .filter(rest -> rest.link().isEmpty() && rest.pageSize() > asked.pageSize())
                .isPresent();
    }

    private void gotFurther(Progress progress) {
        attempts = 0;
        tied = Optional.empty();
        tooLongInARow = 0;
        longest = tooLong.known().isPresent() ? longest : longest.flatMap(Ladder::twice);
        suspect = suspect.filter(found -> progress.completeUntil().isBefore(found.to()));
        if (isBehindPassed) {
            // What made the pages small was what lies in quarantine now.
            least = smallest;
            if (!isAboutSize) {
                tooLarge.forget();
            }
            page = tooLarge.known().isPresent() ? page : largestPage;
        }
        page = Math.min(largestThatMayCome(), 2 * page);
    }

    private int largestThatMayCome() {
        return tooLarge.known().map(size -> Math.max(1, size / 2)).orElse(largestPage);
    }

    /** Nothing usable came, in a way that asking for less may help. */
    public Rung fell(Feed feed, Reading asked, PollOutcome.Failed failure) {
        var window = asked.window();
        var isSmallest = window.length().compareTo(least) <= 0;
        if (failure.isAboutTheWindow(feed)) {
            return isSmallest ? failedAlone(window) : wasTooLong(window);
        }
        tooLongInARow = 0;
        if (failure.diagnosis().trouble() == Trouble.PAGING_FAILED) {
            // Pages that do not come to an end are no fewer when they are smaller; a shorter window may have one only.
            return wasWithoutEnd(window, isSmallest);
        }
        var failed = asked.pageSize();
        var isLeast = failed <= least(window.from());
        tooLarge.failed(failed);
        isAboutSize = switch (failure.diagnosis().trouble()) {
            case TOO_BIG, BROKEN_OFF -> true;
            default -> false;
        };
        page = Math.max(1, Math.min(page, failed) / SHRINK);
        if (suspect.isPresent() || (isLeast && isSmallest)) {
            suspect = Optional.of(window);
        }
        if (!isLeast) {
            return new Rung.Less(pause);
        }
        if (!isSmallest) {
            return suspect.isPresent() ? new Rung.Less(pause) : new Rung.Doubt(window);
        }
        return failedAlone(window);
    }

    private Rung wasWithoutEnd(Window window, boolean isSmallest) {
        var isNarrowed = suspect.isPresent();
        suspect = Optional.of(window).filter(found -> isNarrowed || isSmallest);
        if (isSmallest) {
            return failedAlone(window);
        }
        return isNarrowed ? new Rung.Less(pause) : new Rung.Doubt(window);
    }

    private Rung wasTooLong(Window window) {
        tooLong.failed(window.length());
        longest = Optional.of(window.firstHalf().length());
        tooLongInARow++;
        // A query that Microsoft refuses whatever the window is no cheaper to find out with ten halves of it.
        return tooLongInARow == 2 ? new Rung.Doubt(window) : new Rung.Less(pause);
    }

    private Rung failedAlone(Window window) {
        attempts++;
        return attempts < patience
                ? new Rung.Less(pause.multipliedBy(1L << Math.min(attempts - 1, 6)))
                : new Rung.GivenUp(window, attempts);
    }

    /** Microsoft answers otherwise, so that something in the window must be wrong: it is cut in two from now on. */
    public Duration narrow(Window window) {
        if (tooLongInARow == 0) {
            suspect = Optional.of(window);
        }
        return pause;
    }

    /**
     * A window was given up and is passed over. Trouble often lasts: if what follows fails, too, twice as much is given up,
     * so that ten spoilt minutes take ten windows and not six hundred.
     */
    public void passed() {
        suspect = Optional.empty();
        attempts = 0;
        isBehindPassed = true;
        tied = Optional.empty();
        tooLong.forget();
        longest = Optional.empty();
        tooLongInARow = 0;
        fitting = Optional.empty();
        least = least.multipliedBy(2).compareTo(LONGEST_PASSED) > 0 ? LONGEST_PASSED : least.multipliedBy(2);
        span = Optional.of(least);
    }

    /** The trouble was another one than size. */
    public void startOver() {
        suspect = Optional.empty();
        span = Optional.empty();
        isBehindPassed = false;
        least = smallest;
        attempts = 0;
        tied = Optional.empty();
        tooLongInARow = 0;
        tooLarge.doubt();
        tooLong.doubt();
        longest = tooLong.known().map(length -> length.dividedBy(2));
        page = largestThatMayCome();
    }
}
