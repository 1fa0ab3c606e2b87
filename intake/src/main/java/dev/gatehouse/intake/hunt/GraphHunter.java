package dev.gatehouse.intake.hunt;

import dev.gatehouse.intake.diagnose.GraphDiagnosis;
import dev.gatehouse.intake.diagnose.TransportDiagnosis;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.intake.poll.PageSlicer;
import dev.gatehouse.intake.signin.AccessToken;
import dev.gatehouse.intake.signin.SignIn;
import dev.gatehouse.intake.signin.SignInOutcome;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Runs hunting queries through Microsoft Graph. */
public final class GraphHunter implements Hunter {

    private static final String PATH = "/v1.0/security/runHuntingQuery";

    private final CloudHttp http;
    private final SignIn signIn;
    private final JsonMapper json = JsonMapper.shared();

    public GraphHunter(CloudHttp http, SignIn signIn) {
        this.http = http;
        this.signIn = signIn;
    }

    @Override
    public HuntOutcome hunt(Connection connection, HuntingQuery query) throws InterruptedException {
        try (var room = http.memory().open()) {
            return hunt(connection, query, room, false);
        }
    }

    private HuntOutcome hunt(Connection connection, HuntingQuery query, PageMemory.Room room, boolean isSecondToken)
            throws InterruptedException {
        var slicer = PageSlicer.ofList("results", room.largestRecord());
        return switch (signIn.signIn(connection)) {
            case SignInOutcome.Refused(var diagnosis) -> new HuntOutcome.Failed(diagnosis, Duration.ZERO, true);
            case SignInOutcome.Granted(var token) ->
                switch (http.send(connection.cloud(), request(connection, query, token), room, slicer)) {
                    case HttpOutcome.Broken broken ->
                        new HuntOutcome.Failed(TransportDiagnosis.of(broken), broken.took());
                    case HttpOutcome.Answered(var answer) -> {
                        if (answer.status() == 401 || answer.status() == 403) {
                            // What is missing may be granted any time, but only a new token tells.
                            signIn.forget(connection, token);
                        }
                        yield answer.status() == 401 && !isSecondToken
                                ? hunt(connection, query, room, true)
                                : outcome(connection, query, token, answer, slicer);
                    }
                };
        };
    }

    private Request request(Connection connection, HuntingQuery query, AccessToken token) {
        var body = json.createObjectNode()
                .put("Query", query.limited())
                .put("Timespan", query.timespan().toString());
        var address = URI.create(connection.cloud().graph() + PATH);
        if (!connection.cloud().isGraphAddress(address)) {
            throw new IllegalStateException(
                    "A token of cloud %s must not go to %s".formatted(connection.cloud(), address.getHost()));
        }
        return Request.post(address, "application/json; charset=utf-8", body.toString())
                .with("Authorization", "Bearer " + token.value())
                .with("Accept", "application/json")
                .with("client-request-id", UUID.randomUUID().toString());
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
