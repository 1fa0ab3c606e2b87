package dev.gatehouse.intake.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.testing.Reference;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every error body that was published is explained. */
class CorpusErrorsTest {

    @Test
    void explainsEveryPublishedErrorBody() {
        var troubles = new LinkedHashMap<String, Trouble>();
        for (var error :
                Reference.values("corpus/errors/error-bodies.json").getFirst().path("cases")) {
            var where = error.path("where").stringValue();
            var diagnosis = diagnose(error);

            troubles.put(where + " " + error.path("status").intValue(), diagnosis.trouble());
            assertThat(diagnosis.requestId()).as(where).isPresent();
            assertThat(diagnosis.cause()).as(where).isNotBlank();
        }

        assertThat(troubles)
                .containsOnly(
                        entry("token endpoint 401", Trouble.SECRET_EXPIRED),
                        entry("OIDC discovery / authorise 400", Trouble.BAD_TENANT),
                        entry("token endpoint 400", Trouble.REQUEST_REFUSED),
                        entry("device code token poll 400", Trouble.REQUEST_REFUSED),
                        entry("Graph GET /security/incidents?$top=100 400", Trouble.REQUEST_REFUSED),
                        entry("Graph GET /security/alerts_v2 403", Trouble.CONSENT_MISSING),
                        entry("Graph GET /security/incidents 403", Trouble.CONSENT_MISSING),
                        entry("Graph filter on unknown property (riskDetections) 400", Trouble.REQUEST_REFUSED),
                        entry("Graph POST /security/runHuntingQuery 500", Trouble.MICROSOFT_ERROR),
                        entry("Graph POST /security/runHuntingQuery 504", Trouble.TIMED_OUT),
                        entry("Graph, any throttled call 429", Trouble.THROTTLED),
                        entry("Graph, throttled (Intune path, no Retry-After) 429", Trouble.THROTTLED),
                        entry("Graph POST appRoleAssignments (bad ids) 400", Trouble.REQUEST_REFUSED));
    }

    private static Diagnosis diagnose(JsonNode error) {
        var status = error.path("status").intValue();
        var body = error.path("body").toString();
        var where = error.path("where").stringValue();
        var retryAfter = error.path("headers").path("Retry-After").asString("");
        if (!where.startsWith("Graph")) {
            return Answers.entra(status, body);
        }
        var feed = where.contains("runHuntingQuery") ? Feed.LOGON_EVENTS : Feed.ALERTS;
        return Answers.graph(feed, status, body, "Retry-After", retryAfter);
    }

    private static Map.Entry<String, Trouble> entry(String where, Trouble trouble) {
        return Map.entry(where, trouble);
    }
}
