package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * What is still to be read of a feed: a closed window, from its start or from a link inside it.
 *
 * @param lookup what is asked for
 * @param window the stretch of time that every record wanted falls into
 * @param link where Graph says it goes on, when the window could not be cut
 * @param pageSize how many records to ask for
 * @param sortedUpTo the latest time on the pages before the link, {@link Instant#MIN} when there were none; absent when
 *     those pages did not come oldest first, so that nothing behind them may be cut either
 */
public record Reading(
        Lookup lookup, Window window, Optional<NextLink> link, int pageSize, Optional<Instant> sortedUpTo) {

    public Reading {
        if (pageSize < 1) {
            throw new IllegalArgumentException("A page needs room for at least one record, not " + pageSize);
        }
    }

    /** What changed in a window. */
    public static Reading of(Window window, int pageSize) {
        return of(new Lookup.Changed(), window, pageSize);
    }

    /** Something else of a window. */
    public static Reading of(Lookup lookup, Window window, int pageSize) {
        return new Reading(lookup, window, Optional.empty(), pageSize, Optional.of(Instant.MIN));
    }

    /** The rest of the window from an instant on, asked for afresh. */
    public Reading cutAt(Instant instant) {
        return of(lookup, window.startingAt(instant), pageSize);
    }

    /**
     * The rest of the window behind a link.
     *
     * @param upTo how far everything before the link was sorted, see {@link #sortedUpTo()}
     */
    public Reading behind(NextLink next, Optional<Instant> upTo) {
        return new Reading(lookup, window, Optional.of(next), pageSize, upTo);
    }

    /** A part of the window, asked for afresh. */
    public Reading within(Window part) {
        return of(lookup, part, pageSize);
    }

    /** The same window from its start, with larger or smaller pages. */
    public Reading withPageSize(int size) {
        return of(lookup, window, size);
    }
}
