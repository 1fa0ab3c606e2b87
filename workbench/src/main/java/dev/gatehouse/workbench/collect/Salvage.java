package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Progress;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Window;
import java.util.Optional;

/**
 * Brings what can be read of a window that is to go into quarantine, by counting: so many records behind the first so many,
 * past each that spoils the answers that it is part of. Where several share one time, time cannot tell them apart, and only
 * this gets at the good ones. It proves nothing, and the window is owed as before.
 *
 * <p>It asks nobody, and comes to an end.
 */
final class Salvage {

    private static final int MOST_REQUESTS = 60;

    /** Where so many in a row cannot be read, it is not single records that are spoilt. */
    private static final int MOST_SPOILT_IN_A_ROW = 8;

    private final PollOutcome.Failed failure;
    private final int largestPage;
    private Optional<Reading> next;
    private int requests;
    private int spoiltInARow;

    /**
     * Begins with a window's first record.
     *
     * @param failure why the window cannot be read
     * @param largestPage how many records to ask for at most
     */
    Salvage(Window window, PollOutcome.Failed failure, int largestPage) {
        this.failure = failure;
        this.largestPage = largestPage;
        this.next = Optional.of(Reading.of(new Lookup.Behind(0), window, 1));
    }

    /** Whether it makes sense: where Microsoft runs out of time, every question about the window takes as long. */
    static boolean mayHelp(PollOutcome.Failed failure) {
        return switch (failure.diagnosis().trouble()) {
            case TIMED_OUT, TOO_HEAVY -> false;
            default -> true;
        };
    }

    /** What to ask for next; empty when there is no more that can be had. */
    Optional<Reading> next() {
        return next.filter(reading -> requests < MOST_REQUESTS);
    }

    /** Why the window cannot be read. */
    PollOutcome.Failed failure() {
        return failure;
    }

    /** Records came. */
    void came(Reading asked, Progress progress) {
        requests++;
        spoiltInARow = 0;
        next = progress.rest().map(rest -> rest.withPageSize(Math.min(largestPage, 2 * asked.pageSize())));
    }

    /** None came. */
    void fell(Reading asked) {
        requests++;
        if (asked.pageSize() > 1) {
            next = Optional.of(asked.withPageSize(asked.pageSize() / 2));
            return;
        }
        spoiltInARow++;
        next = spoiltInARow < MOST_SPOILT_IN_A_ROW ? Optional.of(past(asked)) : Optional.empty();
    }

    private static Reading past(Reading spoilt) {
        var skipped = spoilt.lookup() instanceof Lookup.Behind(var before) ? before : 0;
        return Reading.of(new Lookup.Behind(skipped + 1), spoilt.window(), 1);
    }
}
