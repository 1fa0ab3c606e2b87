package dev.gatehouse.workbench.lease;

import dev.gatehouse.workbench.WorkbenchParts;

/** What runs the work on devices. */
public final class LeaseParts {

    private LeaseParts() {}

    /** Lets parts that have a meter registry take leases and run the work there is. */
    public static WorkbenchParts into(WorkbenchParts parts) {
        return parts.with(ThisProcess.class, Telegraph.class, DeviceLoops.class, Leases.class);
    }
}
