package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * What is still to be read of a feed: a closed window, from its start or from a link inside it, and what follows it.
 *
 * @param lookup what is asked for
 * @param window the stretch of time that is asked for now
 * @param until where what is wanted ends; never before the window does
 * @param pageSize how many records to ask for
 * @param chain the pages that have come of the window, when one answer could not hold it and time cannot cut it
 */
public record Reading(Lookup lookup, Window window, Instant until, int pageSize, Optional<Chain> chain) {

    public Reading {
        if (pageSize < 1) {
            throw new IllegalArgumentException("A page needs room for at least one record, not " + pageSize);
        }
        if (until.isBefore(window.to())) {
            throw new IllegalArgumentException("What is wanted ends at %s, before %s does".formatted(until, window));
        }
    }

    /** What changed in a window. */
    public static Reading of(Window window, int pageSize) {
        return of(new Lookup.Changed(), window, pageSize);
    }

    /** Something else of a window. */
    public static Reading of(Lookup lookup, Window window, int pageSize) {
        return new Reading(lookup, window, window.to(), pageSize, Optional.empty());
    }

    /** Where Graph says it goes on, when that is what to ask for. */
    public Optional<NextLink> link() {
        return chain.flatMap(Chain::link);
    }

    /** A part of what is wanted, asked for afresh. */
    Reading within(Window part) {
        return new Reading(lookup, part, until, pageSize, Optional.empty());
    }

    /** The same window, some of whose pages have come. */
    Reading along(Chain pages) {
        return new Reading(lookup, window, until, pageSize, Optional.of(pages));
    }

    /** The same window from its start, with larger or smaller pages. */
    public Reading withPageSize(int size) {
        return new Reading(lookup, window, until, size, Optional.empty());
    }
}
