package dev.gatehouse.workbench.investigations;

import java.util.List;
import java.util.UUID;

/**
 * Investigations, or something in them, changed; published after it is in the database.
 *
 * @param ids which ones; empty when it is about a step of an alert that is in none
 */
public record InvestigationsChanged(List<UUID> ids) {

    public InvestigationsChanged {
        ids = List.copyOf(ids);
    }
}
