package dev.gatehouse.setup.credentials;

import dev.gatehouse.model.Connection;
import java.util.List;

/** Tries a connection for real: a token, the permissions in it, and one read of each API. */
public interface Proof {

    /**
     * Tries it.
     *
     * @return one for each thing tried, in order
     */
    List<Check> prove(Connection connection) throws InterruptedException;

    /**
     * One thing tried.
     *
     * @param title what, e.g. {@code Sign-in}
     * @param passed whether it worked
     * @param detail why it did not; empty when it worked
     * @param isPassing whether it may work by itself after a while, as right after a secret was made
     */
    record Check(String title, boolean passed, String detail, boolean isPassing) {}
}
