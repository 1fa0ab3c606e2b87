package dev.gatehouse.simulator.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An analyst's hand on a case: the same change to an incident and to its alerts.
 *
 * @param verdict closes the case; null while work goes on
 * @param comment null when the analyst says nothing
 */
record Triage(
        Instant at,
        Account analyst,
        @Nullable Verdict verdict,
        @Nullable String comment) {

    /** Writes the change into an alert or an incident, which share these properties. */
    void writeInto(ObjectNode node) {
        node.put("status", verdict == null ? "inProgress" : "resolved");
        node.put("assignedTo", analyst.userPrincipalName());
        if (verdict != null) {
            node.put("classification", verdict.classification).put("determination", verdict.determination);
        }
        if (comment != null && node.get("comments") instanceof ArrayNode comments) {
            comments.addObject()
                    .put("comment", comment)
                    .put("createdByDisplayName", analyst.displayName())
                    .put("createdDateTime", Timestamps.text(at));
        }
    }
}
