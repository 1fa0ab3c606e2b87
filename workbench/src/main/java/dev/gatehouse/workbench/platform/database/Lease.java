package dev.gatehouse.workbench.platform.database;

import dev.gatehouse.model.TenantId;
import java.util.UUID;

/**
 * The right to read a tenant, for a while.
 *
 * @param tenant which one
 * @param process who has it
 * @param epoch how many times it had passed to a process by then; tells two turns of the same process apart
 */
public record Lease(TenantId tenant, UUID process, long epoch) {}
