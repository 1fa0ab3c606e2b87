package dev.gatehouse.simulator.faults;

import dev.gatehouse.simulator.entra.SignInError;
import dev.gatehouse.simulator.http.Json;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan as JSON, for the control interface. Samples:
 *
 * <pre>{@code
 * {"fault": "throttled", "retryAfter": 10, "times": 3, "tenant": "…", "at": ["alerts"]}
 * {"fault": "serverError", "status": 503, "for": "PT5M"}
 * {"fault": "signInFailure", "code": 7000222}
 * {"fault": "cutOff", "probability": 0.1}
 * }</pre>
 */
public final class FaultOrder {

    private FaultOrder() {}

    /**
     * Makes the plan that the JSON describes.
     *
     * @throws IllegalArgumentException saying what cannot be understood
     */
    public static FaultPlan place(JsonNode order, Faults faults) {
        try {
            return plan(order, aim(order, faults));
        } catch (DateTimeException exception) {
            throw new IllegalArgumentException(
                    "A duration looks like PT5M, and a time like 2026-11-23T09:00:00Z", exception);
        }
    }

    private static Faults.Aim aim(JsonNode order, Faults faults) {
        var aim = text(order, "tenant").map(UUID::fromString).map(faults::in).orElseGet(faults::everywhere);
        var endpoints = new ArrayList<Endpoint>();
        order.path("at").forEach(name -> endpoints.add(endpoint(name.asString(""))));
        return endpoints.isEmpty()
                ? aim
                : aim.at(
                        endpoints.getFirst(),
                        endpoints.subList(1, endpoints.size()).toArray(Endpoint[]::new));
    }

    private static Endpoint endpoint(String name) {
        return Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no endpoint '%s', but %s"
                        .formatted(
                                name,
                                Arrays.stream(Endpoint.values())
                                        .map(FaultOrder::name)
                                        .toList())));
    }

    private static FaultPlan plan(JsonNode order, Faults.Aim aim) {
        var fault = fault(order);
        if (order.has("times")) {
            return aim.next(order.path("times").asInt(), fault);
        }
        if (order.has("for")) {
            return aim.during(Duration.parse(order.path("for").asString("")), fault);
        }
        return order.has("probability")
                ? aim.sometimes(order.path("probability").asDouble(), fault)
                : aim.always(fault);
    }

    private static Fault fault(JsonNode order) {
        var status = order.path("status");
        return switch (text(order, "fault").orElse("")) {
            case "throttled" -> new Fault.Throttled(retryAfter(order));
            case "serverError" -> new Fault.ServerError(status.asInt(503), retryAfter(order));
            case "graphError" ->
                new Fault.GraphError(
                        status.asInt(400),
                        text(order, "code").orElse(""),
                        text(order, "message").orElse(""));
            case "signInFailure" ->
                new Fault.SignInFailure(signInError(order.path("code").asInt()));
            case "huntingQuotaSpent" -> new Fault.HuntingQuotaSpent();
            case "htmlPage" -> new Fault.HtmlPage(status.asInt(502));
            case "emptyBody" -> new Fault.EmptyBody(status.asInt(200));
            case "notJson" -> new Fault.NotJson();
            case "linkExpired" -> new Fault.LinkExpired();
            case "emptyPage" -> new Fault.EmptyPage();
            case "linksInACircle" -> new Fault.LinksInACircle();
            case "expandFails" -> new Fault.ExpandFails();
            case "spoiltRecord" ->
                text(order, "id")
                        .<Fault>map(id -> new Fault.SpoiltId(id, status.asInt(500)))
                        .orElseGet(() -> new Fault.SpoiltRecord(instant(order, "time"), status.asInt(500)));
            case "spoiltWindow" ->
                new Fault.SpoiltWindow(instant(order, "from"), instant(order, "to"), status.asInt(504));
            case "preempted" ->
                new Fault.Preempted(Duration.parse(text(order, "longest").orElse("PT5M")));
            case "breaksOffAbove" ->
                new Fault.BreaksOffAbove(
                        order.path("bytes").asInt(100 * 1024),
                        order.path("reset").asBoolean(true));
            case "warning" ->
                new Fault.Warned(
                        order.path("code").asInt(299),
                        text(order, "text").orElse("This version of the interface is deprecated."));
            case "padded" -> new Fault.Padded(order.path("bytes").asInt(100 * 1024));
            case "cutOff" -> new Fault.CutOff();
            case "brokenGzip" -> new Fault.BrokenGzip();
            case "reset" -> new Fault.Reset();
            case "dripping" ->
                new Fault.Dripping(
                        order.path("pieces").asInt(10),
                        Duration.parse(text(order, "pause").orElse("PT0.1S")));
            case "wrongDate" ->
                new Fault.WrongDate(Duration.parse(text(order, "ahead").orElse("PT1H")));
            case "incomplete" -> new Fault.Incomplete();
            case "foreignNextLink" ->
                new Fault.ForeignNextLink(
                        URI.create(text(order, "address").orElse("https://graph.example/v1.0/security/alerts_v2")));
            case "malformedRecord" -> new Fault.MalformedRecord();
            case "futureRecord" -> new Fault.FutureRecord();
            case String other ->
                throw new IllegalArgumentException(
                        "There is no fault '%s'; docs/simulator.md lists them".formatted(other));
        };
    }

    private static Instant instant(JsonNode order, String name) {
        return Instant.parse(text(order, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "This fault needs '%s', a time such as 2026-11-23T09:00:00Z".formatted(name))));
    }

    private static RetryAfter retryAfter(JsonNode order) {
        var asked = order.path("retryAfter");
        if (asked.isNumber()) {
            return new RetryAfter.Seconds(asked.asLong());
        }
        var text = asked.asString("");
        if (text.startsWith("P")) {
            return new RetryAfter.Date(Duration.parse(text));
        }
        return text.isEmpty() ? new RetryAfter.Absent() : new RetryAfter.Garbled(text);
    }

    private static SignInError signInError(int code) {
        return SignInError.withCode(code)
                .orElseThrow(() -> new IllegalArgumentException("The simulator does not know AADSTS%d, but %s"
                        .formatted(
                                code,
                                Arrays.stream(SignInError.values())
                                        .map(error -> Integer.toString(error.code()))
                                        .collect(Collectors.joining(", ")))));
    }

    private static Optional<String> text(JsonNode order, String name) {
        return Optional.of(order.path(name).asString("")).filter(value -> !value.isEmpty());
    }

    /** Describes a plan that was made. */
    public static ObjectNode describe(FaultPlan plan) {
        var node = Json.object()
                .put("number", plan.number())
                .put("fault", plan.fault().toString())
                .put("frequency", plan.frequency().toString())
                .put("strikes", plan.strikes());
        plan.tenant().ifPresent(tenant -> node.put("tenant", tenant.toString()));
        var at = node.putArray("at");
        plan.endpoints().stream().sorted().map(FaultOrder::name).forEach(at::add);
        return node;
    }

    private static String name(Endpoint endpoint) {
        return endpoint.name().toLowerCase(Locale.ROOT);
    }
}
