package dev.gatehouse.stories.stage;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Records of Microsoft's as a story needs them, to be changed further before they are put into the pretend cloud. */
public final class Written {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Written() {}

    /** An alert of Defender for Identity in incident 100. */
    public static ObjectNode alert(String id, Instant created, Instant updated) {
        return (ObjectNode) JSON.readTree("""
                {"id":"%s","title":"Suspected DCSync attack","severity":"high","status":"new","incidentId":"100",
                 "serviceSource":"microsoftDefenderForIdentity","detectionSource":"microsoftDefenderForIdentity",
                 "category":"CredentialAccess","createdDateTime":"%s","lastUpdateDateTime":"%s",
                 "comments":[],"evidence":[]}""".formatted(id, created, updated));
    }

    /** The same about an account of its own, so that it becomes an alert of its own. */
    public static ObjectNode alertAbout(String account, Instant created, Instant updated) {
        var alert = alert("of-" + account, created, updated);
        var evidence = ((ArrayNode) alert.path("evidence")).addObject();
        evidence.put("@odata.type", "#microsoft.graph.security.userEvidence");
        evidence.putArray("roles").add("attacker");
        evidence.putObject("userAccount").put("accountName", account).put("domainName", "contoso");
        return alert;
    }

    /** An incident; one that was merged names where it went. */
    public static ObjectNode incident(String id, String name, Instant updated, String redirect) {
        var incident = (ObjectNode) JSON.readTree("""
                {"id":"%s","displayName":"%s","severity":"high","status":"active",
                 "createdDateTime":"%s","lastUpdateDateTime":"%s","comments":[]}""".formatted(id, name, updated, updated));
        if (!redirect.isEmpty()) {
            incident.put("status", "redirected").put("redirectIncidentId", redirect);
        }
        return incident;
    }
}
