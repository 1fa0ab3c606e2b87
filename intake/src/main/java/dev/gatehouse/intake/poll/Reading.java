package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * What is still to be read of a feed: a closed window, from its start or from a link inside it.
 *
 * @param window the stretch of time that every record wanted falls into
 * @param link where Graph says it goes on, when the window could not be cut
 * @param pageSize how many records to ask for
 */
public record Reading(Window window, Optional<NextLink> link, int pageSize) {

    public static Reading of(Window window, int pageSize) {
        return new Reading(window, Optional.empty(), pageSize);
    }

    /** The rest of the window from an instant on, asked for afresh. */
    public Reading cutAt(Instant instant) {
        return new Reading(window.startingAt(instant), Optional.empty(), pageSize);
    }

    /** The rest of the window behind a link. */
    public Reading behind(NextLink next) {
        return new Reading(window, Optional.of(next), pageSize);
    }

    /** The same window again with larger or smaller pages. */
    public Reading withPageSize(int size) {
        return new Reading(window, link, size);
    }
}
