package dev.gatehouse.simulator.faults;

import dev.gatehouse.simulator.entra.SignInError;
import dev.gatehouse.simulator.entra.SignInErrorAnswer;
import dev.gatehouse.simulator.graph.GraphErrorAnswer;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Delivery;
import dev.gatehouse.simulator.http.HttpDate;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of one answer when a fault strikes it. */
final class FaultedAnswer {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Pattern SPAN = Pattern.compile("(?i)\"timespan\"\\s*:\\s*\"(P[^\"/]+)\"");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private final Request request;
    private final Endpoint endpoint;
    private final Instant now;
    private final Random random;

    FaultedAnswer(Request request, Endpoint endpoint, Instant now, Random random) {
        this.request = request;
        this.endpoint = endpoint;
        this.now = now;
        this.random = random;
    }

    /** Whether the fault takes the answer's place, so that of several such faults only one can strike. */
    static boolean replaces(Fault fault) {
        return switch (fault) {
            case Fault.Throttled(var _),
                    Fault.ServerError(var _, var _),
                    Fault.GraphError(var _, var _, var _),
                    Fault.SignInFailure(var _),
                    Fault.HuntingQuotaSpent(),
                    Fault.HtmlPage(var _),
                    Fault.EmptyBody(var _),
                    Fault.NotJson(),
                    Fault.LinkExpired(),
                    Fault.ExpandFails(),
                    Fault.SpoiltRecord(var _, var _),
                    Fault.SpoiltId(var _, var _),
                    Fault.SpoiltWindow(var _, var _, var _),
                    Fault.Preempted(var _),
                    Fault.BreaksOffAbove(var _, var _),
                    Fault.CutOff(),
                    Fault.BrokenGzip(),
                    Fault.Reset() -> true;
            case Fault.Dripping(var _, var _),
                    Fault.Held(var _),
                    Fault.WrongDate(var _),
                    Fault.Incomplete(),
                    Fault.Warned(var _, var _),
                    Fault.ForeignNextLink(var _),
                    Fault.EmptyPage(),
                    Fault.LinksInACircle(),
                    Fault.MalformedRecord(),
                    Fault.Padded(var _),
                    Fault.FutureRecord() -> false;
        };
    }

    /** The struck answer; empty when this fault cannot strike this answer. */
    Optional<Answer> of(Fault fault, Answer answer) {
        return switch (fault) {
            case Fault.Throttled(var retryAfter) -> Optional.of(with(retryAfter, throttled()));
            case Fault.ServerError(var status, var retryAfter) -> Optional.of(with(retryAfter, serverError(status)));
            case Fault.GraphError(var status, var code, var message) ->
                isGraph() ? Optional.of(GraphErrorAnswer.to(request, status, code, message, now)) : Optional.empty();
            case Fault.SignInFailure(var error) ->
                isGraph() ? Optional.empty() : Optional.of(SignInErrorAnswer.to(request, error, now));
            case Fault.HuntingQuotaSpent() ->
                endpoint == Endpoint.HUNTING ? Optional.of(quotaSpent()) : Optional.empty();
            case Fault.HtmlPage(var status) -> Optional.of(htmlPage(status));
            case Fault.EmptyBody(var status) -> Optional.of(Answer.empty(status));
            case Fault.NotJson() ->
                Optional.of(answer.withStatus(200)
                        .withBody("Service is starting, please wait {\"value\":[")
                        .with("Content-Type", "application/json"));
            case Fault.LinkExpired() ->
                followsLink()
                        ? Optional.of(GraphErrorAnswer.to(
                                request, 400, "BadRequest", "The $skiptoken is expired. Please start again.", now))
                        : Optional.empty();
            case Fault.ExpandFails() ->
                request.query().filled("$expand").isPresent() ? Optional.of(unknownError(500)) : Optional.empty();
            case Fault.SpoiltRecord(var time, var status) ->
                holds(answer, record -> isOf(record, time)) ? Optional.of(serverError(status)) : Optional.empty();
            case Fault.SpoiltId(var id, var status) ->
                holds(answer, record -> record.path(isHunting() ? "ReportId" : "id")
                                .asString("")
                                .equals(id))
                        ? Optional.of(serverError(status))
                        : Optional.empty();
            case Fault.Preempted(var longest) ->
                isHunting() && looksAt().compareTo(longest) > 0 ? Optional.of(preempted()) : Optional.empty();
            case Fault.BreaksOffAbove(var bytes, var byReset) ->
                answer.text().getBytes(StandardCharsets.UTF_8).length > bytes
                        ? Optional.of(answer.withDelivery(byReset ? new Delivery.ResetMidway() : new Delivery.CutOff()))
                        : Optional.empty();
            case Fault.Warned(var code, var text) ->
                answer.status() == 200
                        ? Optional.of(answer.with(
                                "Warning", "%03d - \"%s\"".formatted(code, text.replaceAll("[\\\\\"]", "\\\\$0"))))
                        : Optional.empty();
            case Fault.SpoiltWindow(var from, var to, var status) ->
                asksFor(from, to) ? Optional.of(serverError(status)) : Optional.empty();
            case Fault.CutOff() -> Optional.of(answer.withDelivery(new Delivery.CutOff()));
            case Fault.BrokenGzip() -> Optional.of(answer.withDelivery(new Delivery.BrokenGzip()));
            case Fault.Reset() -> Optional.of(answer.withDelivery(new Delivery.Reset()));
            case Fault.Dripping(var pieces, var pause) ->
                Optional.of(answer.withDelivery(new Delivery.Dripping(pieces, pause)));
            case Fault.Held(var until) -> Optional.of(answer.withDelivery(new Delivery.Held(until)));
            case Fault.WrongDate(var ahead) -> Optional.of(answer.with("Date", HttpDate.format(now.plus(ahead))));
            case Fault.Incomplete() ->
                answer.status() == 200
                        ? Optional.of(answer.withStatus(206).with("Warning", "199 - \"Microsoft/MDI/504/10000\""))
                        : Optional.empty();
            case Fault.ForeignNextLink(var address) -> foreignLink(answer, address);
            case Fault.EmptyPage() -> followsLink() ? Optional.empty() : emptied(answer);
            case Fault.LinksInACircle() -> followsLink() ? linkedBack(answer) : Optional.empty();
            case Fault.MalformedRecord() -> changed(answer, this::malformOne);
            case Fault.Padded(var bytes) -> changed(answer, records -> pad(records, bytes));
            case Fault.FutureRecord() -> changed(answer, this::ageOne);
        };
    }

    private boolean holds(Answer answer, Predicate<JsonNode> wanted) {
        return isGraph()
                && page(answer).stream()
                        .flatMap(page ->
                                page.path(isHunting() ? "results" : "value").valueStream())
                        .anyMatch(wanted);
    }

    private boolean isOf(JsonNode record, Instant time) {
        var text = record.path(isHunting() ? "Timestamp" : "lastUpdateDateTime").asString("");
        return !text.isEmpty() && Instant.parse(text).equals(time);
    }

    private boolean isHunting() {
        return endpoint == Endpoint.HUNTING;
    }

    private boolean asksFor(Instant from, Instant to) {
        var times = window();
        return times.size() == 2 && times.getFirst().isBefore(to) && from.isBefore(times.getLast());
    }

    /** The first two times of the question are its window: {@code … ge A and … lt B}, {@code datetime(A) … datetime(B)}. */
    private List<Instant> window() {
        var question =
                isHunting() ? request.body() : request.query().filled("$filter").orElse("");
        return TIME.matcher(question)
                .results()
                .map(time -> Instant.parse(time.group()))
                .limit(2)
                .toList();
    }

    /** How long a stretch of time a hunting query is about: its window's, or else that of its time span, or else a month. */
    private Duration looksAt() {
        var times = window();
        if (times.size() == 2) {
            return Duration.between(times.getFirst(), times.getLast()).abs();
        }
        var span = SPAN.matcher(request.body());
        try {
            return span.find() ? Duration.parse(span.group(1)) : MONTH;
        } catch (DateTimeException exception) {
            return MONTH;
        }
    }

    private Answer preempted() {
        return GraphErrorAnswer.to(
                request,
                400,
                "BadRequest",
                "Query execution has exceeded the allowed limits. The query execution was preempted. This is due to"
                        + " high CPU and/or memory resource consumption.",
                now);
    }

    private static void pad(ArrayNode records, int bytes) {
        var padding = "x".repeat(bytes);
        records.forEach(record -> {
            if (record instanceof ObjectNode node) {
                node.put("padding", padding);
            }
        });
    }

    private boolean isGraph() {
        return switch (endpoint) {
            case TOKEN, DISCOVERY -> false;
            case ALERTS, INCIDENTS, HUNTING -> true;
        };
    }

    private boolean followsLink() {
        return request.query().filled("$skiptoken").isPresent()
                || request.query().filled("$skip").isPresent();
    }

    private Answer with(RetryAfter retryAfter, Answer answer) {
        return switch (retryAfter) {
            case RetryAfter.Absent() -> answer;
            case RetryAfter.Seconds(var seconds) -> answer.with("Retry-After", Long.toString(seconds));
            case RetryAfter.Date(var fromNow) -> answer.with("Retry-After", HttpDate.format(now.plus(fromNow)));
            case RetryAfter.Garbled(var text) -> answer.with("Retry-After", text);
        };
    }

    private Answer throttled() {
        return isGraph()
                ? GraphErrorAnswer.throttled(request, now)
                : SignInErrorAnswer.to(request, SignInError.TENANT_THROTTLED, now);
    }

    private Answer serverError(int status) {
        if (!isGraph()) {
            return SignInErrorAnswer.to(request, SignInError.DIRECTORY_UNAVAILABLE, now)
                    .withStatus(status);
        }
        return switch (status) {
            case 503 ->
                GraphErrorAnswer.to(
                        request, 503, "serviceNotAvailable", "The service is temporarily unavailable.", now);
            case 502 -> htmlPage(502);
            default -> unknownError(status);
        };
    }

    /** As in github.com/microsoftgraph/microsoft-graph-docs, issues 19084 and 19954: a code that says nothing, no text. */
    private Answer unknownError(int status) {
        return GraphErrorAnswer.to(request, status, "UnknownError", "", now);
    }

    private Answer quotaSpent() {
        var quarter = QUARTER.toSeconds();
        var wait = Duration.ofSeconds(quarter - Math.floorMod(now.getEpochSecond(), quarter));
        return GraphErrorAnswer.to(
                        request,
                        429,
                        "TooManyRequests",
                        "You have exceeded processing resources allocated to this tenant. You can run queries again in %d minutes."
                                .formatted(Math.max(1, wait.toMinutes())),
                        now)
                .with("Retry-After", Long.toString(wait.toSeconds()));
    }

    private static Answer htmlPage(int status) {
        return Answer.text(status, "text/html", """
                <html><head><title>%d</title></head><body bgcolor="white"><center><h1>%d</h1></center>\
                <hr><center>Microsoft-Azure-Application-Gateway/v2</center></body></html>""".formatted(status, status));
    }

    private static Optional<Answer> foreignLink(Answer answer, URI address) {
        return page(answer).map(page -> {
            page.put("@odata.nextLink", address.toString());
            return answer.withBody(page.toString());
        });
    }

    /** A hunting query has no links, so its answer stays as it is. */
    private Optional<Answer> emptied(Answer answer) {
        return page(answer)
                .filter(page -> page.get("value") instanceof ArrayNode)
                .map(page -> {
                    page.putArray("value");
                    page.put("@odata.nextLink", linkToFirstPage());
                    return answer.withBody(page.toString());
                });
    }

    private Optional<Answer> linkedBack(Answer answer) {
        return page(answer)
                .filter(page -> page.get("value") instanceof ArrayNode && !page.has("@odata.nextLink"))
                .map(page -> answer.withBody(
                        page.put("@odata.nextLink", linkToFirstPage()).toString()));
    }

    private String linkToFirstPage() {
        var asked = request.query().names().stream()
                .filter(name -> !name.equals("$skip") && !name.equals("$skiptoken"))
                .map(name -> name + "="
                        + URLEncoder.encode(request.query().first(name).orElse(""), StandardCharsets.UTF_8)
                                .replace("+", "%20"));
        return request.base()
                + request.path()
                + Stream.concat(asked, Stream.of("$skip=0")).collect(Collectors.joining("&", "?", ""));
    }

    private Optional<Answer> changed(Answer answer, Consumer<ArrayNode> change) {
        return page(answer).flatMap(page -> {
            var name = endpoint == Endpoint.HUNTING ? "results" : "value";
            if (page.get(name) instanceof ArrayNode records && !records.isEmpty()) {
                change.accept(records);
                return Optional.of(answer.withBody(page.toString()));
            }
            return Optional.empty();
        });
    }

    /** The answer's JSON, when it is a good one that no other fault has spoilt. */
    private static Optional<ObjectNode> page(Answer answer) {
        if (answer.status() >= 300 || answer.text().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Json.parse(answer.text()) instanceof ObjectNode page ? Optional.of(page) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void malformOne(ArrayNode records) {
        var index = random.nextInt(records.size());
        switch (random.nextInt(3)) {
            case 0 -> records.set(index, "this is not a record");
            case 1 -> {
                if (records.get(index) instanceof ObjectNode record) {
                    record.remove("id");
                    record.remove("Timestamp");
                    record.put("lastUpdateDateTime", "yesterday");
                }
            }
            default -> records.set(index, Json.array().add(1).add(2));
        }
    }

    private void ageOne(ArrayNode records) {
        if (records.get(random.nextInt(records.size())) instanceof ObjectNode record) {
            record.put("severity", "catastrophic").put("serviceSource", "microsoftDefenderForTimeTravel");
            record.putObject("propertyFromTheFuture").put("@odata.type", "#microsoft.graph.security.future");
            record.withArray("evidence")
                    .addObject()
                    .put("@odata.type", "#microsoft.graph.security.timeMachineEvidence")
                    .put("createdDateTime", now.toString())
                    .put("destination", "1985-10-26");
        }
    }
}
