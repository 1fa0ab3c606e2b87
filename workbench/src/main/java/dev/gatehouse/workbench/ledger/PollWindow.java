package dev.gatehouse.workbench.ledger;

import dev.gatehouse.model.Window;
import java.util.UUID;

/**
 * A window that is being read. All its requests share one row of the ledger.
 *
 * @param id of that row
 * @param purpose what it is read for
 * @param window the whole stretch of time, of which each request asks for what is left
 */
public record PollWindow(UUID id, Purpose purpose, Window window) {

    /** A window that nothing was asked of yet. */
    public static PollWindow begin(Purpose purpose, Window window) {
        return new PollWindow(UUID.randomUUID(), purpose, window);
    }
}
