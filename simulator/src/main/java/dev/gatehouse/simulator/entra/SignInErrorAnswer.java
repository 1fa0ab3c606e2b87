package dev.gatehouse.simulator.entra;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Writes an error as Entra ID does: OAuth's members, the numbers, and the ids that Microsoft's support asks for. */
public final class SignInErrorAnswer {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private SignInErrorAnswer() {}

    /** The answer to that request, with the error's text as it stands. */
    public static Answer to(Request request, SignInError error, Instant now, Object... about) {
        return to(request, error, error.describe(about), now);
    }

    static Answer to(Request request, SignInError error, String text, Instant now) {
        var traceId = UUID.randomUUID().toString();
        var correlationId = request.headers()
                .first("client-request-id")
                .filter(given -> given.matches("[0-9a-fA-F-]{36}"))
                .orElseGet(() -> UUID.randomUUID().toString());
        var timestamp = TIMESTAMP.format(now);
        var body = Json.object()
                .put("error", error.error())
                .put(
                        "error_description",
                        "AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s"
                                .formatted(error.code(), text, traceId, correlationId, timestamp));
        body.putArray("error_codes").add(error.code());
        body.put("timestamp", timestamp)
                .put("trace_id", traceId)
                .put("correlation_id", correlationId)
                .put("error_uri", request.base() + "/error?code=" + error.code());
        return Answer.json(error.status(), body)
                .with("Cache-Control", "no-store, no-cache")
                .with("Pragma", "no-cache")
                .with("x-ms-request-id", traceId)
                .with("client-request-id", correlationId);
    }
}
