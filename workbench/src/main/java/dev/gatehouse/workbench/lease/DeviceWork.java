package dev.gatehouse.workbench.lease;

import java.util.List;
import java.util.UUID;

/**
 * Something that has to be done for every device, by one process at a time. Whoever has such work makes a bean of this
 * type; {@link DeviceLoops} runs its loops, each in a virtual thread of its own, as long as this process works on the
 * device. They are stopped and made anew whenever the device was changed.
 */
public interface DeviceWork {

    /** New loops for a device. They find out by themselves whether it is there and enabled; this asks no database. */
    List<? extends Loop> loopsFor(UUID device);
}
