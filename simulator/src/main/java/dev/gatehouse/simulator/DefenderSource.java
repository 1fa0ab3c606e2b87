package dev.gatehouse.simulator;

import dev.gatehouse.simulator.entra.TenantDirectory;
import dev.gatehouse.simulator.world.Defender;
import java.time.Instant;

/** Decides what happens in a tenant. */
@FunctionalInterface
public interface DefenderSource {

    /**
     * What Microsoft Defender shows of a tenant.
     *
     * @param seed the tenant's own: the same seed has to give the same events
     * @param start the cloud's time when the tenant joins it
     */
    Defender defenderOf(TenantDirectory tenant, long seed, Instant start);
}
