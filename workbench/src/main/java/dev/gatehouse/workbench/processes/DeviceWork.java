package dev.gatehouse.workbench.processes;

import java.util.List;
import java.util.UUID;

/**
 * Something that has to be done for every device, by one process at a time. Whoever has such work makes a bean of this
 * type; {@link DeviceLoops} runs its loops, each in a virtual thread of its own, as long as this process holds the
 * device. They are stopped and made anew whenever the device was changed.
 *
 * <p>Such a loop can write by way of {@link dev.gatehouse.workbench.platform.database.Fence#write} only, which refuses what it writes
 * once the device has passed to another process. What people ask of a device becomes known to its loops, in
 * whichever process they run, by a fact that is {@link dev.gatehouse.workbench.devices.ToldEverywhere}; listen to it and
 * wake {@link DeviceLoops#of}. Facts may get lost, so look for such work now and then without being told.
 */
public interface DeviceWork {

    /** New loops for a device. They find out by themselves whether it is there and enabled; this asks no database. */
    List<? extends Loop> loopsFor(UUID device);
}
