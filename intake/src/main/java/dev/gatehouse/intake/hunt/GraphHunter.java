package dev.gatehouse.intake.hunt;

import dev.gatehouse.intake.diagnose.GraphDiagnosis;
import dev.gatehouse.intake.diagnose.TransportDiagnosis;
import dev.gatehouse.intake.graph.GraphClient;
import dev.gatehouse.intake.graph.GraphClient.CallOutcome;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.intake.poll.PageSlicer;
import dev.gatehouse.intake.signin.AccessToken;
import dev.gatehouse.intake.signin.SignIn;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Runs hunting queries through Microsoft Graph. */
public final class GraphHunter implements Hunter {

    private static final String PATH = "/v1.0/security/runHuntingQuery";

    private final GraphClient graph;
    private final PageMemory memory;
    private final JsonMapper json = JsonMapper.shared();

    public GraphHunter(CloudHttp http, SignIn signIn) {
        this.graph = new GraphClient(http, signIn);
        this.memory = http.memory();
    }

    @Override
    public HuntOutcome hunt(Connection connection, HuntingQuery query) throws InterruptedException {
        try (var room = memory.open()) {
            return switch (graph.call(
                    connection,
                    request(connection, query),
                    room,
                    () -> PageSlicer.ofList("results", room.largestRecord()))) {
                case CallOutcome.NotSignedIn<PageSlicer>(var diagnosis) ->
                    new HuntOutcome.Failed(diagnosis, Duration.ZERO, true);
                case CallOutcome.Broken<PageSlicer>(var broken) ->
                    new HuntOutcome.Failed(TransportDiagnosis.of(broken), broken.took());
                case CallOutcome.Answered<PageSlicer>(var answer, var token, var slicer) ->
                    outcome(connection, query, token, answer, slicer);
            };
        }
    }

    private Request request(Connection connection, HuntingQuery query) {
        var body = json.createObjectNode()
                .put("Query", query.limited())
                .put("Timespan", query.timespan().toString());
        var address = URI.create(connection.cloud().graph() + PATH);
        return Request.post(address, "application/json; charset=utf-8", body.toString());
    }

    private static HuntOutcome outcome(
            Connection connection, HuntingQuery query, AccessToken token, Answer answer, PageSlicer slicer) {
        if (answer.status() != 200) {
            return failed(GraphDiagnosis.ofPersonsQuery(answer, connection.cloud(), token.roles()), answer);
        }
        try {
            var rows = slicer.slices().records();
            return new HuntOutcome.Rows(
                    rows,
                    rows.size() >= query.rows(),
                    answer.took(),
                    answer.headers().first("request-id"));
        } catch (PageSlicer.UnreadablePage e) {
            return failed(
                    GraphDiagnosis.unreadablePersonsQuery(answer, connection.cloud(), token.roles(), e.reason()),
                    answer);
        }
    }

    private static HuntOutcome.Failed failed(Diagnosis diagnosis, Answer answer) {
        return new HuntOutcome.Failed(diagnosis, answer.took());
    }
}
