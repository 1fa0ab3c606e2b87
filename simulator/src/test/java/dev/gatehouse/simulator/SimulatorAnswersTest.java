package dev.gatehouse.simulator;

import static dev.gatehouse.simulator.HttpCaller.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.csdl.Csdl;
import dev.gatehouse.simulator.world.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Holds whole answers about a tenant with thirty days of history and running attacks against Microsoft's metadata. */
class SimulatorAnswersTest {

    private static final Csdl CSDL = Csdl.ofGraph();

    private static final Simulator simulator = Simulator.start(SimulatorSettings.defaults()
            .withClock(InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z")))
            .withDefenders(DefenderSource.companies(Pace.DEMO)));
    private static final HttpCaller caller = new HttpCaller(simulator);

    static {
        // Into the middle of the first attacks.
        simulator.clock().advance(Duration.ofMinutes(30));
    }

    private final GraphCaller graph;

    SimulatorAnswersTest() throws Exception {
        this.graph = new GraphCaller(caller, simulator, simulator.tenants().getFirst());
    }

    @AfterAll
    static void stop() {
        caller.close();
        simulator.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "alerts_v2?$top=1000, microsoft.graph.security.alert",
        "incidents?$top=50, microsoft.graph.security.incident",
        "incidents?$top=50&$expand=alerts, microsoft.graph.security.incident",
    })
    void everyRecordIsWhatTheMetadataSays(String path, String type) throws Exception {
        for (var preference : List.of("include-unknown-enum-members", "return=representation")) {
            var records = records(path, preference);

            assertThat(records).hasSizeGreaterThan(10);
            assertThat(CSDL.problems(records, type)).isEmpty();
        }
    }

    private List<JsonNode> records(String path, String preference) throws Exception {
        var records = new ArrayList<JsonNode>();
        var page = json(caller.send(graph.request(path).header("Prefer", preference)));
        while (true) {
            page.path("value").forEach(records::add);
            var link = page.path("@odata.nextLink").asString("");
            if (link.isEmpty()) {
                return records;
            }
            page = json(caller.send(graph.request(link.substring(link.indexOf("/security/") + "/security/".length()))
                    .header("Prefer", preference)));
        }
    }

    @Test
    void everySingleRecordIsWhatTheMetadataSays() throws Exception {
        var id = GraphCaller.ids(json(graph.get("alerts_v2?$top=1"))).getFirst();

        assertThat(CSDL.problems(json(graph.get("alerts_v2/" + id)), "microsoft.graph.security.alert"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IdentityLogonEvents",
                "IdentityQueryEvents",
                "IdentityDirectoryEvents",
                "IdentityInfo",
                "AlertInfo",
                "AlertEvidence",
            })
    void everyHuntingAnswerIsWhatTheMetadataSays(String table) throws Exception {
        var answer = json(graph.hunt("{\"Query\": \"%s | take 200\"}".formatted(table)));

        assertThat(answer.path("results").size()).isPositive();
        assertThat(CSDL.problems(answer, "microsoft.graph.security.huntingQueryResults"))
                .isEmpty();
    }
}
