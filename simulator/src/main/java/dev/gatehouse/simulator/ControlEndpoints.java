package dev.gatehouse.simulator;

import dev.gatehouse.simulator.entra.ApplicationSecret;
import dev.gatehouse.simulator.faults.FaultOrder;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The control interface under {@code /simulator/}: what tests in the same process do by method calls, for everyone else.
 * Only on the plain Graph port, which is on loopback. docs/simulator.md describes it. Other paths go to Graph.
 */
final class ControlEndpoints implements Handler {

    private static final Duration LONG = Duration.ofDays(730);

    private final Simulator simulator;
    private final Handler graph;

    ControlEndpoints(Simulator simulator, Handler graph) {
        this.simulator = simulator;
        this.graph = graph;
    }

    @Override
    public Answer answer(Request request) {
        var path = request.segments();
        if (path.isEmpty() || !path.getFirst().equals("simulator")) {
            return graph.answer(request);
        }
        // A page in somebody's browser may send requests to loopback, but not without this field.
        if (request.headers().first("Origin").isPresent()) {
            return error(403, "Not from a web page");
        }
        try {
            return control(request, path.subList(1, path.size()));
        } catch (IllegalArgumentException | DateTimeException exception) {
            return error(400, String.valueOf(exception.getMessage()));
        }
    }

    private Answer control(Request request, List<String> path) {
        var call = request.method() + " " + (path.isEmpty() ? "" : path.getFirst());
        return switch (call) {
            case "GET tenants" -> path.size() == 1 ? tenants() : ofTenant(path, request);
            case "POST tenants" -> ofTenant(path, request);
            case "GET faults" -> faults();
            case "POST faults" ->
                Answer.json(201, FaultOrder.describe(FaultOrder.place(Json.parse(request.body()), simulator.faults())));
            case "DELETE faults" -> stopFaults(path);
            case "GET clock" -> clock();
            case "POST clock" -> {
                simulator
                        .clock()
                        .advance(Duration.parse(
                                Json.parse(request.body()).path("advance").asString("")));
                yield clock();
            }
            default -> error(404, "There is no " + call);
        };
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, Json.object().put("error", message));
    }

    private Answer tenants() {
        var body = Json.object();
        var list = body.putArray("tenants");
        simulator.tenants().forEach(tenant -> list.add(describe(tenant)));
        return Answer.json(200, body);
    }

    /** A tenant with all that one types into the Workbench to connect it. */
    static ObjectNode describe(SimulatedTenant tenant) {
        return Json.object()
                .put("name", tenant.name())
                .put("tenantId", tenant.tenantId().toString())
                .put("domain", tenant.directory().domain())
                .put("applicationId", tenant.applicationId().toString())
                .put("clientSecret", tenant.clientSecret())
                .put("secretId", tenant.secretId().toString())
                .put("secretExpires", tenant.secretEnds().toString());
    }

    private Answer ofTenant(List<String> path, Request request) {
        var tenant =
                path.size() < 2 ? Optional.<SimulatedTenant>empty() : simulator.tenant(UUID.fromString(path.get(1)));
        if (tenant.isEmpty()) {
            return error(404, "There is no such tenant");
        }
        var call = request.method() + " " + (path.size() < 3 ? "" : path.get(2));
        return switch (call) {
            case "GET " -> Answer.json(200, describe(tenant.get()));
            case "GET truth" -> Answer.json(200, truth(tenant.get()));
            case "POST directory" -> {
                change(tenant.get(), Json.parse(request.body()));
                yield Answer.json(200, describe(tenant.get()));
            }
            default -> error(404, "There is no " + call);
        };
    }

    private ObjectNode truth(SimulatedTenant tenant) {
        var now = simulator.clock().instant();
        var defender = tenant.defender();
        var truth = Json.object().put("now", now.toString());
        put(truth.putArray("alerts"), defender.alerts(now));
        put(truth.putArray("incidents"), defender.incidents(now));
        put(truth.putArray("alertVersions"), defender.alertVersions(now));
        put(truth.putArray("incidentVersions"), defender.incidentVersions(now));
        return truth;
    }

    private static void put(ArrayNode list, List<ObjectNode> records) {
        records.forEach(json -> list.addObject()
                .put("id", json.path("id").asString(""))
                .put("lastUpdateDateTime", json.path("lastUpdateDateTime").asString("")));
    }

    private void change(SimulatedTenant tenant, JsonNode order) {
        var directory = tenant.directory();
        var application = tenant.application();
        var role = order.path("role").asString("");
        var now = simulator.clock().instant();
        switch (order.path("change").asString("")) {
            case "expireSecret" -> application.moveSecretsEnd(now);
            case "renewSecret" -> application.moveSecretsEnd(now.plus(LONG));
            case "removeSecret" -> application.secrets().forEach(application::remove);
            case "restoreSecret" ->
                application.add(new ApplicationSecret(tenant.secretId(), tenant.clientSecret(), now.plus(LONG)));
            case "revokeRole" -> application.revoke(role);
            case "grantRole" -> application.grant(List.of(role));
            case "disableApplication" -> application.disable(true);
            case "enableApplication" -> application.disable(false);
            case "removeServicePrincipal" -> application.removeServicePrincipal(true);
            case "restoreServicePrincipal" -> application.removeServicePrincipal(false);
            case "blockByConditionalAccess" -> application.blockByConditionalAccess(true);
            case "unblock" -> application.blockByConditionalAccess(false);
            case "removeApplication" -> directory.remove(application);
            case "restoreApplication" -> {
                directory.remove(application);
                directory.add(application);
            }
            case "suspendTenant" -> directory.suspend(true);
            case "restoreTenant" -> directory.suspend(false);
            case "moveToNationalCloud" -> directory.moveToNationalCloud(Optional.of("microsoftonline.us"));
            case "moveBack" -> directory.moveToNationalCloud(Optional.empty());
            case String other ->
                throw new IllegalArgumentException(
                        "There is no change '%s'; docs/simulator.md lists them".formatted(other));
        }
    }

    private Answer faults() {
        var body = Json.object();
        var list = body.putArray("faults");
        simulator.faults().plans().forEach(plan -> list.add(FaultOrder.describe(plan)));
        return Answer.json(200, body);
    }

    private Answer stopFaults(List<String> path) {
        if (path.size() == 1) {
            simulator.faults().clear();
            return faults();
        }
        var number = Integer.parseInt(path.get(1));
        simulator.faults().plans().stream()
                .filter(plan -> plan.number() == number)
                .forEach(plan -> plan.stop());
        return faults();
    }

    private Answer clock() {
        return Answer.json(
                200, Json.object().put("now", simulator.clock().instant().toString()));
    }
}
