package dev.gatehouse.workbench.processes;

import dev.gatehouse.workbench.platform.database.Lease;
import java.util.UUID;

/**
 * A device that this process works on.
 *
 * @param lease its right to
 * @param edition changes whenever somebody changes the device, so that its loops are made anew
 */
record Held(Lease lease, String edition) {

    UUID device() {
        return lease.device();
    }
}
