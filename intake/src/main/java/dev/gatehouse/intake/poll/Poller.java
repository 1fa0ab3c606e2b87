package dev.gatehouse.intake.poll;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;

/** Asks Microsoft for pages. Safe for use by many threads. */
public interface Poller {

    /**
     * Signs in if need be and asks for one page.
     *
     * <p>A {@code 401} is answered once with a fresh token. Everything else that goes wrong becomes a
     * {@link PollOutcome.Failed}; waiting and trying again is the caller's business.
     *
     * @param connection which tenant, as whom
     * @param feed which stream
     * @param reading which window, or the link inside it
     * @param room counts what came, and holds it until the caller closes it; the page is not to be used any more then
     * @throws InterruptedException when the calling thread was asked to stop
     */
    PollOutcome poll(Connection connection, Feed feed, Reading reading, PageMemory.Room room)
            throws InterruptedException;
}
