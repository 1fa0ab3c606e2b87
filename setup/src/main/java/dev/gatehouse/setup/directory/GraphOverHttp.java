package dev.gatehouse.setup.directory;

import dev.gatehouse.intake.diagnose.RetryAfter;
import dev.gatehouse.intake.diagnose.TransportDiagnosis;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.model.Cloud;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Graph over the wire. The token goes to the cloud's own Graph and nowhere else. */
public final class GraphOverHttp implements GraphCalls {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A page of 999 users or groups has some megabytes. */
    private static final int LARGEST = 16 * 1024 * 1024;

    private final CloudHttp http;
    private final Cloud cloud;
    private final Supplier<String> token;

    /**
     * Graph of one cloud.
     *
     * @param http the wire
     * @param cloud where the tenant lives
     * @param token gives what goes behind {@code Bearer}; asked for each request
     */
    public GraphOverHttp(CloudHttp http, Cloud cloud, Supplier<String> token) {
        this.http = http;
        this.cloud = cloud;
        this.token = token;
    }

    @Override
    public String address(String path) {
        return cloud.graph() + "/v1.0" + path;
    }

    @Override
    public Answer call(String method, String target, Optional<JsonNode> body) throws InterruptedException {
        var uri = target.startsWith("/") ? URI.create(address(target)) : URI.create(target);
        if (!cloud.isGraphAddress(uri)) {
            return new Answer.Lost("a link leads to %s, not to Graph".formatted(uri.getHost()));
        }
        var request = new Request(
                        method,
                        uri,
                        Map.of(
                                "Accept",
                                "application/json",
                                "client-request-id",
                                UUID.randomUUID().toString()),
                        body.map(JsonNode::toString))
                .with("Authorization", "Bearer " + token.get());
        if (body.isPresent()) {
            request = request.with("Content-Type", "application/json; charset=utf-8");
        }
        return switch (http.send(cloud, request, LARGEST)) {
            case HttpOutcome.Answered answered -> {
                var answer = answered.answer();
                yield new Answer.Came(
                        answer.status(),
                        json(answer.text()),
                        answer.headers().first("request-id"),
                        RetryAfter.of(answer));
            }
            case HttpOutcome.Broken broken ->
                new Answer.Lost(TransportDiagnosis.of(broken).cause());
        };
    }

    /** A gateway may answer in HTML, or nothing at all. */
    private static JsonNode json(String text) {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
