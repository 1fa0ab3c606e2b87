package dev.gatehouse.simulator.csdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsdlTest {

    private static final String ALERT = "microsoft.graph.security.alert";
    private static final String GOOD = """
            {"id": "da1", "serviceSource": "microsoftDefenderForIdentity", "severity": "high", "status": "new",
             "createdDateTime": "2026-11-23T12:00:00.1234567Z", "mitreTechniques": ["T1558.003"],
             "additionalData": {"anything": {"goes": 1}}, "assignedTo": null,
             "evidence": [{"@odata.type": "#microsoft.graph.security.userEvidence",
                "createdDateTime": "2026-11-23T12:00:00Z", "verdict": "suspicious", "remediationStatus": "none",
                "roles": ["attacked"], "userAccount": {"accountName": "anna"}}]}""";

    private final Csdl csdl = Csdl.ofGraph();

    @Test
    void letsAGoodAlertPass() {
        assertThat(csdl.problems(Json.parse(GOOD), ALERT)).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"high\" | \"catastrophic\" | alert.severity: \"catastrophic\" is not a member of microsoft.graph.security.alertSeverity",
                "\"status\" | \"state\" | alert: microsoft.graph.security.alert has no property state",
                "\"status\" | \"state\" | alert.status: must not be null or missing",
                "\"high\" | null | alert.severity: must not be null or missing",
                "23T12:00:00.1234567Z | 23 | alert.createdDateTime: \"2026-11-23\" is not a Edm.DateTimeOffset",
                "[\"T1558.003\"] | [1558] | alert.mitreTechniques[0]: 1558 is not a Edm.String",
                "[\"T1558.003\"] | \"T1558.003\" | alert.mitreTechniques: a list was expected, not \"T1558.003\"",
                "userEvidence | timeMachineEvidence | alert.evidence[0]: the type #microsoft.graph.security.timeMachineEvidence does not derive from microsoft.graph.security.alertEvidence",
                "#microsoft.graph.security.userEvidence | #microsoft.graph.security.incident | alert.evidence[0]: the type #microsoft.graph.security.incident does not derive from microsoft.graph.security.alertEvidence",
                "{\"accountName\": \"anna\"} | \"anna\" | alert.evidence[0].userAccount: an object was expected, not \"anna\"",
                "\"verdict\": \"suspicious\", | `` | alert.evidence[0].verdict: must not be null or missing",
            })
    void findsWhatTheMetadataForbids(String good, String bad, String problem) {
        assertThat(csdl.problems(Json.parse(GOOD.replace(good, bad)), ALERT)).contains(problem);
    }
}
