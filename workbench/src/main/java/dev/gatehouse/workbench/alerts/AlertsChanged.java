package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Alerts were made or changed; published after it is in the database.
 *
 * @param made those that are new
 * @param changed those that were there before
 * @param tenant the directory of those that are new; empty when none is
 */
public record AlertsChanged(List<UUID> made, List<UUID> changed, Optional<TenantId> tenant) {

    /** Only alerts that were there before. */
    public AlertsChanged(List<UUID> changed) {
        this(List.of(), changed, Optional.empty());
    }

    public AlertsChanged {
        made = List.copyOf(made);
        changed = List.copyOf(changed);
    }
}
