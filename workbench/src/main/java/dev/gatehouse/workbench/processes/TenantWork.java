package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.TenantId;
import java.util.List;

/**
 * Something that has to be done for every tenant that has a device, by one process at a time. Whoever has such work makes a bean of this
 * type; {@link TenantLoops} runs its loops, each in a virtual thread of its own, as long as this process holds the
 * tenant. They are stopped and made anew whenever one of its devices was changed.
 *
 * <p>Such a loop can write by way of {@link dev.gatehouse.workbench.platform.database.Fence#write} only, which refuses what it writes
 * once the tenant has passed to another process. What people ask of a tenant becomes known to its loops, in
 * whichever process they run, by a fact that is {@link dev.gatehouse.workbench.devices.ToldEverywhere}; listen to it and
 * wake {@link TenantLoops#of}. Facts may get lost, so look for such work now and then without being told.
 */
public interface TenantWork {

    /** New loops for a tenant. They find out by themselves whether an enabled device reads it; this asks no database. */
    List<? extends Loop> loopsFor(TenantId tenant);
}
