package dev.gatehouse.workbench.hunt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A query that somebody has run.
 *
 * @param id of this note
 * @param device in which device's tenant
 * @param deviceName what that is called
 * @param query the text
 * @param timespan how far back it looked at most
 * @param askedBy who ran it
 * @param askedAt when, by our clock
 * @param rows how many rows came; empty when it failed
 * @param cause why it failed
 * @param took how long Microsoft took
 */
public record PastHunt(
        UUID id,
        UUID device,
        String deviceName,
        String query,
        Duration timespan,
        String askedBy,
        Instant askedAt,
        Optional<Integer> rows,
        Optional<String> cause,
        Duration took) {}
