package dev.gatehouse.workbench.platform.database;

import java.util.UUID;

/**
 * The right to work on a device, for a while.
 *
 * @param device which one
 * @param process who has it
 * @param epoch how many times it had passed to a process by then; tells two turns of the same process apart
 */
public record Lease(UUID device, UUID process, long epoch) {}
