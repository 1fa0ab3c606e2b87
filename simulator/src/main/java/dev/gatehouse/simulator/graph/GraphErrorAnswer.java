package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers in Graph's envelope, with the fields that Microsoft's support asks for.
 *
 * @see <a href="https://learn.microsoft.com/graph/errors">Microsoft Graph error responses</a>
 */
public final class GraphErrorAnswer {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String DIAGNOSTIC =
            "{\"ServerInfo\":{\"DataCenter\":\"Loopback\",\"Slice\":\"E\",\"Ring\":\"5\","
                    + "\"ScaleUnit\":\"001\",\"RoleInstance\":\"SIMULATOR\"}}";

    private GraphErrorAnswer() {}

    /** The two ids under which a call is known: ours, and the caller's or, in its absence, ours again. */
    private record CallIds(String requestId, String clientRequestId) {

        static CallIds of(Request request) {
            var requestId = UUID.randomUUID().toString();
            return new CallIds(
                    requestId, request.headers().first("client-request-id").orElse(requestId));
        }
    }

    /** A good answer. */
    static Answer good(Request request, ObjectNode body) {
        return withIds(Answer.json(200, body), CallIds.of(request))
                .with(
                        "Content-Type",
                        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8")
                .with("OData-Version", "4.0")
                .with("Cache-Control", "no-cache");
    }

    /** A good answer that is a bare number. */
    static Answer number(Request request, long number) {
        return withIds(Answer.text(200, "text/plain", Long.toString(number)), CallIds.of(request))
                .with("OData-Version", "4.0")
                .with("Cache-Control", "no-cache");
    }

    /** An error. */
    public static Answer to(Request request, int status, String code, String message, Instant now) {
        var ids = CallIds.of(request);
        var body = Json.object();
        var error = body.putObject("error").put("code", code).put("message", message);
        innerError(error, ids, now);
        return withIds(Answer.json(status, body), ids);
    }

    /**
     * The documented body of an answer 429, which differs from all others. The caller adds Retry-After.
     *
     * @see <a href="https://learn.microsoft.com/graph/throttling">Microsoft Graph throttling guidance</a>
     */
    public static Answer throttled(Request request, Instant now) {
        var ids = CallIds.of(request);
        var body = Json.object();
        var error = body.putObject("error").put("code", "TooManyRequests");
        innerError(error, ids, now)
                .put("code", "429")
                .put("message", "Please retry after")
                .put("status", "429");
        error.put("message", "Please retry again later.");
        return withIds(Answer.json(429, body), ids);
    }

    private static ObjectNode innerError(ObjectNode error, CallIds ids, Instant now) {
        return error.putObject("innerError")
                .put("date", DATE.format(now))
                .put("request-id", ids.requestId())
                .put("client-request-id", ids.clientRequestId());
    }

    private static Answer withIds(Answer answer, CallIds ids) {
        return answer.with("request-id", ids.requestId())
                .with("client-request-id", ids.clientRequestId())
                .with("x-ms-ags-diagnostic", DIAGNOSTIC);
    }
}
