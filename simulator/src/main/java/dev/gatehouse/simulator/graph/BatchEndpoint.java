package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Headers;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Parameters;
import dev.gatehouse.simulator.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1.0/$batch}: up to twenty requests in one, answered in their order, each as if it had come alone.
 *
 * @see <a href="https://learn.microsoft.com/graph/json-batching">Combine multiple HTTP requests</a>
 */
public final class BatchEndpoint implements Handler {

    private static final int MOST = 20;

    private final Handler graph;
    private final InstantSource clock;

    /**
     * Batches.
     *
     * @param graph answers what is in them
     */
    public BatchEndpoint(Handler graph, InstantSource clock) {
        this.graph = graph;
        this.clock = clock;
    }

    /** Whether a request is a batch. */
    public static boolean serves(Request request) {
        return request.path().equals("/v1.0/$batch");
    }

    @Override
    public Answer answer(Request batch) {
        try {
            return GraphErrorAnswer.good(batch, body(batch));
        } catch (Refused refused) {
            return GraphErrorAnswer.to(batch, refused.status(), refused.code(), refused.message(), clock.instant());
        }
    }

    private ObjectNode body(Request batch) throws Refused {
        if (!batch.method().equals("POST")) {
            throw Refused.badRequest("The OData request is not supported.");
        }
        var requests = requests(batch);
        var statuses = new HashMap<String, Integer>();
        var body = Json.object();
        var responses = body.putArray("responses");
        for (var request : requests) {
            var response = response(batch, request, statuses);
            statuses.put(
                    request.path("id").asString(""), response.path("status").asInt(0));
            responses.add(response);
        }
        return body;
    }

    private static JsonNode requests(Request batch) throws Refused {
        JsonNode requests;
        try {
            requests = Json.parse(batch.body()).path("requests");
        } catch (IllegalArgumentException exception) {
            throw Refused.badRequest("Invalid batch payload format.");
        }
        if (!requests.isArray() || requests.isEmpty()) {
            throw Refused.badRequest("Invalid batch payload format.");
        }
        if (requests.size() > MOST) {
            throw Refused.badRequest("Number of batch request steps exceeds the maximum value of %d.".formatted(MOST));
        }
        var ids = new HashSet<String>();
        for (var request : requests) {
            var id = request.path("id").asString("");
            if (id.isEmpty() || request.path("url").asString("").isEmpty()) {
                throw Refused.badRequest("Invalid batch payload format.");
            }
            if (!ids.add(id)) {
                throw Refused.badRequest("Duplicate request id '%s' in the batch.".formatted(id));
            }
        }
        return requests;
    }

    private ObjectNode response(Request batch, JsonNode request, Map<String, Integer> statuses) {
        var response = Json.object().put("id", request.path("id").asString(""));
        for (var earlier : request.path("dependsOn")) {
            if (statuses.getOrDefault(earlier.asString(""), 424) >= 400) {
                response.put("status", 424);
                response.putObject("body")
                        .putObject("error")
                        .put("code", "FailedDependency")
                        .put("message", "The request that this one depends on has failed.");
                return response;
            }
        }
        var answer = graph.answer(alone(batch, request));
        response.put("status", answer.status());
        var headers = response.putObject("headers");
        answer.headers().fields().forEach(field -> headers.put(field.name(), field.value()));
        var text = answer.text();
        if (!text.isEmpty()) {
            try {
                response.set("body", Json.parse(text));
            } catch (IllegalArgumentException exception) {
                response.put("body", text);
            }
        }
        return response;
    }

    /** The request as it would have come alone, with the caller's token unless it has one of its own. */
    private static Request alone(Request batch, JsonNode request) {
        var url = request.path("url").asString("");
        var question = url.indexOf('?');
        var path = question < 0 ? url : url.substring(0, question);
        var headers = Headers.NONE;
        for (var kept : batch.headers().fields()) {
            if (kept.name().equalsIgnoreCase("Authorization") || kept.name().equalsIgnoreCase("client-request-id")) {
                headers = headers.with(kept.name(), kept.value());
            }
        }
        for (var own : request.path("headers").properties()) {
            headers = headers.with(own.getKey(), own.getValue().asString(""));
        }
        return new Request(
                request.path("method").asString("GET").toUpperCase(Locale.ROOT),
                batch.base(),
                "/v1.0" + (path.startsWith("/") ? "" : "/")
                        + URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8),
                Parameters.parse(question < 0 ? "" : url.substring(question + 1)),
                headers,
                request.has("body") ? request.path("body").toString() : "");
    }
}
