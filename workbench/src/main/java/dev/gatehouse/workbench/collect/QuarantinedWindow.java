package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A stretch of a feed's time that could not be read. The feed went on behind it; what lies in it is owed.
 *
 * @param id ours
 * @param tenant whose feed it is
 * @param device the one that the tenant is known by
 * @param feed which one
 * @param window the stretch of time, by Microsoft's clock
 * @param attempts how often it was tried on its own, without success
 * @param firstAt when it was passed over
 * @param lastAt when it was last tried
 * @param nextAt when it is tried again; empty once it is read
 * @param why why the last attempt that failed did
 * @param resolvedAt when it was read after all; empty while it is owed
 */
public record QuarantinedWindow(
        UUID id,
        TenantId tenant,
        UUID device,
        Feed feed,
        Window window,
        int attempts,
        Instant firstAt,
        Instant lastAt,
        Optional<Instant> nextAt,
        Diagnosis why,
        Optional<Instant> resolvedAt) {

    /** Whether what lies in it is still to be read. */
    public boolean isOwed() {
        return resolvedAt.isEmpty();
    }
}
