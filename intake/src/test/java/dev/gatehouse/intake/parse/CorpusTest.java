package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.testing.Reference;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every published record in Graph's shape is understood, and its text is kept. */
class CorpusTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "corpus/cribl/graph-legacy-alert.jsonl, 1",
        "corpus/demisto/graph-alert-v2-automated-investigation.json, 1",
        "corpus/elastic/graph-alerts-throttle-mock.jsonl, 2",
        "corpus/ms-docs/graph-alerts-v2-list.json, 1",
        "corpus/panther/graph-alerts-v2.jsonl, 4",
        "corpus/stix-shifter/graph-legacy-alerts.jsonl, 2",
    })
    void understandsEveryAlert(String file, int count) {
        assertThatAllAreUnderstood(Feed.ALERTS, recordsIn(file), count);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "corpus/demisto/graph-incidents-list.json, 2",
        "corpus/elastic/graph-incidents.jsonl, 2",
        "corpus/ms-docs/graph-incidents-list.json, 2",
    })
    void understandsEveryIncident(String file, int count) {
        assertThatAllAreUnderstood(Feed.INCIDENTS, recordsIn(file), count);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "corpus/demisto/graph-hunting-alertinfo.json, 2",
        "corpus/ms-docs/graph-runhuntingquery.json, 8",
        "corpus/otrf/golden-saml-m365d-events.jsonl, 9",
        "corpus/elastic/advanced-hunting-identity.jsonl, 7",
    })
    void understandsEveryHuntingRow(String file, int count) {
        assertThatAllAreUnderstood(Feed.DIRECTORY_EVENTS, recordsIn(file), count);
    }

    @Test
    void understandsStubsOfAlertsAndIncidents() {
        var stubs = recordsIn("corpus/opencti/graph-alert-incident-stubs.jsonl");

        assertThatAllAreUnderstood(Feed.ALERTS, stubs.subList(0, 2), 2);
        assertThatAllAreUnderstood(Feed.INCIDENTS, stubs.subList(2, 3), 1);
    }

    @Test
    void keepsEveryPieceOfEvidence() {
        for (var evidence : Reference.values("corpus/opencti/graph-evidence.jsonl")) {
            var alert = Parse.alertWith("\"evidence\":[" + evidence + "]");

            assertThat(alert.evidence()).singleElement().satisfies(parsed -> assertThat(parsed.type())
                    .endsWith("Evidence"));
        }
    }

    @Test
    void readsWhatTheDocumentedAlertSays() {
        var record = recordsIn("corpus/ms-docs/graph-alerts-v2-list.json").getFirst();

        var alert = (VendorAlert) understood(Feed.ALERTS, record).record();

        assertThat(alert.id()).isEqualTo("da637551227677560813_-961444813");
        assertThat(alert.incidentId()).isEqualTo("28282");
        assertThat(alert.evidence()).hasSize(4).allSatisfy(evidence -> assertThat(evidence.details())
                .isNotEmpty());
    }

    @Test
    void readsTheDocumentedIncidentsInBothOfTheirSpellings() {
        for (var record : recordsIn("corpus/ms-docs/graph-incidents-list.json")) {
            var incident = (VendorIncident) understood(Feed.INCIDENTS, record).record();

            assertThat(incident.severity().known()).isPresent();
            assertThat(incident.status().known()).isPresent();
            assertThat(incident.customTags()).contains("Demo");
            assertThat(incident.comments())
                    .allSatisfy(comment -> assertThat(comment.author()).isNotEmpty());
        }
    }

    private static void assertThatAllAreUnderstood(Feed feed, List<JsonNode> records, int count) {
        assertThat(records).hasSize(count);
        for (var record : records) {
            var understood = understood(feed, record);

            assertThat(understood.record().original()).isEqualTo(Original.of(record.toString()));
            assertThat(understood.record().id()).isNotEmpty();
        }
    }

    private static Parsed.Understood understood(Feed feed, JsonNode record) {
        var parsed = Parse.text(feed, record.toString());
        assertThat(parsed).as("%s", record).isInstanceOf(Parsed.Understood.class);
        return (Parsed.Understood) parsed;
    }

    /** The records of a file, whatever the collector of the file wrapped them in. */
    private static List<JsonNode> recordsIn(String file) {
        var records = new ArrayList<JsonNode>();
        Reference.values(file).forEach(value -> collect(value, records));
        return records;
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.has("id") || node.has("Timestamp")) {
            into.add(node);
        } else {
            node.forEach(inside -> collect(inside, into));
        }
    }
}
