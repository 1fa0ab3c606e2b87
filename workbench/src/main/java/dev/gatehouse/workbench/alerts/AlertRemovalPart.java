package dev.gatehouse.workbench.alerts;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * What else belongs to alerts alone and goes with them, removed by whoever owns the table. Foreign keys that can be deferred are
 * checked at the end of the transaction, so that parts need no order.
 */
@FunctionalInterface
public interface AlertRemovalPart {

    /**
     * Which of these alerts have to stay, since something of theirs has changed. They are held by the transaction, and so is
     * whatever refers to them by a foreign key.
     *
     * @param since then or later, by our clock
     */
    default Set<UUID> changed(Collection<UUID> alerts, Instant since) {
        return Set.of();
    }

    /** Alerts are being removed. */
    void removing(Collection<UUID> alerts);
}
