package dev.gatehouse.workbench.alerts;

import java.util.List;
import java.util.UUID;

/**
 * Alerts were made or changed; published after it is in the database.
 *
 * @param made those that are new
 * @param changed those that were there before
 */
public record AlertsChanged(List<UUID> made, List<UUID> changed) {

    public AlertsChanged {
        made = List.copyOf(made);
        changed = List.copyOf(changed);
    }
}
