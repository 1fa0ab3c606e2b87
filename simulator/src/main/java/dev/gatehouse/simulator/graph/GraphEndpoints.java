package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.entra.Resources;
import dev.gatehouse.simulator.entra.Tokens;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Request;
import dev.gatehouse.simulator.world.Defender;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Everything under the Graph host that Gatehouse reads. */
public final class GraphEndpoints implements Handler {

    private static final Pattern KEYED =
            Pattern.compile("/v1\\.0/security/(alerts_v2|incidents)\\('((?:[^']|'')*)'\\)(/.*)?", Pattern.DOTALL);

    private final AccessCheck accessCheck;
    private final CallLimits limits = new CallLimits();
    private final Function<UUID, Optional<Defender>> defenders;
    private final InstantSource clock;
    private final AtomicReference<GraphBehaviour> behaviour;
    private final Map<UUID, UnaryOperator<GraphBehaviour>> peculiarities = new ConcurrentHashMap<>();
    private final ListEndpoint alerts = new ListEndpoint(ListDefinition.ALERTS);
    private final ListEndpoint incidents = new ListEndpoint(ListDefinition.INCIDENTS);
    private final HuntingEndpoint hunting = new HuntingEndpoint();

    /**
     * Graph.
     *
     * @param defenders what happens in a tenant, by the tenant's id
     */
    public GraphEndpoints(
            Tokens tokens,
            Resources resources,
            Function<UUID, Optional<Defender>> defenders,
            GraphBehaviour behaviour,
            InstantSource clock) {
        this.accessCheck = new AccessCheck(tokens, resources);
        this.defenders = defenders;
        this.behaviour = new AtomicReference<>(behaviour);
        this.clock = clock;
    }

    /** Changes how Graph behaves from the next request on. */
    public void behave(UnaryOperator<GraphBehaviour> change) {
        behaviour.updateAndGet(change);
    }

    /** Changes how Graph behaves in one tenant, from the next request on; the last change counts. */
    public void behave(UUID tenant, UnaryOperator<GraphBehaviour> change) {
        peculiarities.put(tenant, change);
    }

    private GraphBehaviour behaviourIn(UUID tenant) {
        return peculiarities.getOrDefault(tenant, UnaryOperator.identity()).apply(behaviour.get());
    }

    @Override
    public Answer answer(Request request) {
        var now = clock.instant();
        try {
            return Preference.confirmed(request, carriedOut(request, now));
        } catch (Refused refused) {
            return answer(request, refused, now);
        }
    }

    private Answer carriedOut(Request request, Instant now) throws Refused {
        var access = accessCheck.access(request, now);
        var defender = defenders
                .apply(access.tenantId())
                .orElseThrow(
                        () -> new Refused(404, "ResourceNotFound", "The tenant of this token is not provisioned."));
        var path = segments(request);
        if (path.size() < 3 || !path.getFirst().equals("v1.0")) {
            throw unknownSegment(path);
        }
        return switch (path.get(1) + "/" + path.get(2)) {
            case "security/alerts_v2" -> records(request, path, ListDefinition.ALERTS, access, defender, now);
            case "security/incidents" -> records(request, path, ListDefinition.INCIDENTS, access, defender, now);
            case "security/runHuntingQuery", "security/microsoft.graph.security.runHuntingQuery" ->
                GraphErrorAnswer.good(request, hunting(request, access, defender, now));
            default -> throw unknownSegment(path);
        };
    }

    /** The parts of the path; a key in parentheses, as in {@code alerts_v2('id')}, is a part of its own. */
    private static List<String> segments(Request request) {
        var keyed = KEYED.matcher(request.path());
        if (!keyed.matches()) {
            return request.segments();
        }
        var segments = new ArrayList<>(List.of("v1.0", "security", keyed.group(1)));
        segments.add(keyed.group(2).replace("''", "'"));
        Stream.of(Optional.ofNullable(keyed.group(3)).orElse("").split("/"))
                .filter(part -> !part.isEmpty())
                .forEach(segments::add);
        return segments;
    }

    private Answer records(
            Request request,
            List<String> path,
            ListDefinition definition,
            Tokens.Access access,
            Defender defender,
            Instant now)
            throws Refused {
        var current = behaviourIn(access.tenantId());
        var endpoint = definition == ListDefinition.ALERTS ? alerts : incidents;
        if (request.method().equals("PATCH") && path.size() == 4) {
            // No application here was ever given the right to write, so there is nothing to change.
            AccessCheck.require(access, definition.rolesToWrite());
        }
        onlyBy("GET", request);
        var sharers = "reads of %s in %s".formatted(access.applicationId(), access.tenantId());
        limits.count(sharers, current.readsPerMinute(), now);
        AccessCheck.require(access, definition.roles());
        if (path.size() == 4 && path.getLast().equals("$count")) {
            return GraphErrorAnswer.number(request, endpoint.count(request, defender, current, now));
        }
        var isOfOne = path.size() == 5
                && definition == ListDefinition.INCIDENTS
                && path.getLast().equals("alerts");
        return GraphErrorAnswer.good(
                request,
                switch (path.size()) {
                    case 3 -> endpoint.page(request, defender, current, now);
                    case 4 -> endpoint.single(request, defender, current, path.getLast(), now);
                    default -> {
                        if (!isOfOne) {
                            throw unknownSegment(path);
                        }
                        yield alertsOf(path.get(3), request, defender, current, now);
                    }
                });
    }

    private ObjectNode alertsOf(
            String incident, Request request, Defender defender, GraphBehaviour current, Instant now) throws Refused {
        if (defender.incidents(now).stream()
                .noneMatch(each -> each.path("id").asString().equals(incident))) {
            throw new Refused(404, "ResourceNotFound", "Resource '%s' does not exist.".formatted(incident));
        }
        return alerts.page(
                request,
                defender,
                current,
                alert -> alert.path("incidentId").asString("").equals(incident),
                now);
    }

    private ObjectNode hunting(Request request, Tokens.Access access, Defender defender, Instant now) throws Refused {
        var current = behaviourIn(access.tenantId());
        onlyBy("POST", request);
        limits.count("hunting in %s".formatted(access.tenantId()), current.huntingPerMinute(), now);
        AccessCheck.require(access, HuntingEndpoint.ROLES);
        return hunting.answer(request, defender, current, now);
    }

    private static void onlyBy(String method, Request request) throws Refused {
        if (!request.method().equals(method)) {
            throw new Refused(
                    405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        }
    }

    private static Refused unknownSegment(List<String> path) {
        return Refused.badRequest(
                "Resource not found for the segment '%s'.".formatted(path.isEmpty() ? "" : path.getLast()));
    }

    private static Answer answer(Request request, Refused refused, Instant now) {
        var retryAfter = refused.retryAfter();
        if (retryAfter.isPresent()) {
            var seconds = Math.max(1, Math.ceilDiv(retryAfter.get().toMillis(), 1000));
            return GraphErrorAnswer.throttled(request, now).with("Retry-After", Long.toString(seconds));
        }
        var answer = GraphErrorAnswer.to(request, refused.status(), refused.code(), refused.message(), now);
        return refused.status() == 401
                ? answer.with(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                                + " client_id=\"%s\"".formatted(Resources.GRAPH_APPLICATION_ID))
                : answer;
    }
}
