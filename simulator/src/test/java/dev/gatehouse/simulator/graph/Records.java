package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.http.Json;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Small, complete records for tests. */
public final class Records {

    private Records() {}

    /** An alert that was made and last changed at that time. */
    public static ObjectNode alert(String id, Instant time) {
        var alert = Json.object()
                .put("id", id)
                .put("title", "Suspected DCSync attack (replication of directory services)")
                .put("severity", "high")
                .put("status", "new")
                .put("serviceSource", "microsoftDefenderForIdentity")
                .put("detectionSource", "microsoftDefenderForIdentity")
                .put("incidentId", "17")
                .put("createdDateTime", time.toString())
                .put("lastUpdateDateTime", time.toString());
        alert.putNull("assignedTo");
        alert.putArray("evidence")
                .addObject()
                .put("@odata.type", "#microsoft.graph.security.userEvidence")
                .put("createdDateTime", time.toString())
                .put("verdict", "suspicious")
                .put("remediationStatus", "active")
                .putArray("roles")
                .add("attacker");
        return alert;
    }

    /** An incident that was made and last changed at that time. */
    public static ObjectNode incident(String id, Instant time) {
        return Json.object()
                .put("id", id)
                .put("displayName", "Multi-stage incident")
                .put("severity", "high")
                .put("status", "active")
                .put("createdDateTime", time.toString())
                .put("lastUpdateDateTime", time.toString());
    }
}
