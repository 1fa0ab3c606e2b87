package dev.gatehouse.intake.hunt;

import dev.gatehouse.model.Connection;

/** Runs hunting queries that people have written. Safe for use by many threads. */
public interface Hunter {

    /**
     * Signs in if need be and runs one query. A {@code 401} is answered once with a fresh token; everything else that goes
     * wrong becomes a {@link HuntOutcome.Failed}.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    HuntOutcome hunt(Connection connection, HuntingQuery query) throws InterruptedException;
}
