package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Lease;

/**
 * A tenant that this process reads.
 *
 * @param lease its right to
 * @param edition changes whenever somebody changes one of its devices, so that its loops are made anew
 */
record Held(Lease lease, String edition) {

    TenantId tenant() {
        return lease.tenant();
    }
}
