package dev.gatehouse.workbench.store;

import dev.gatehouse.model.Alert;
import java.util.List;

/**
 * All there is to know about an alert. Its incident is found with {@link Incidents#row}.
 *
 * @param row what lists show of it
 * @param alert its current version, whole, with evidence and original
 * @param versions every version seen, newest first
 */
public record AlertDetail(AlertRow row, Alert alert, List<Version> versions) {

    public AlertDetail {
        versions = List.copyOf(versions);
    }
}
