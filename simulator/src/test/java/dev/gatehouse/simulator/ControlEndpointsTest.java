package dev.gatehouse.simulator;

import static dev.gatehouse.simulator.HttpCaller.json;
import static dev.gatehouse.simulator.HttpCaller.signInForm;
import static dev.gatehouse.simulator.graph.Records.alert;
import static dev.gatehouse.simulator.graph.Records.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.simulator.world.ScriptedDefender;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ControlEndpointsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withClock(InstantSource.fixed(NOW)));
    private static final HttpCaller caller = new HttpCaller(simulator);

    private final ScriptedDefender defender = new ScriptedDefender();
    private final SimulatedTenant contoso =
            simulator.addTenant("Contoso " + simulator.tenants().size(), DefenderSource.scripted(defender));

    @AfterAll
    static void stop() {
        caller.close();
        simulator.close();
    }

    @Test
    void listsTenantsWithWhatOneTypesIntoTheWorkbench() throws Exception {
        var tenant = json(send("GET", "tenants/" + contoso.tenantId(), ""));

        assertThat(tenant.path("name").asString()).isEqualTo(contoso.name());
        assertThat(tenant.path("tenantId").asString())
                .isEqualTo(contoso.tenantId().toString());
        assertThat(tenant.path("applicationId").asString())
                .isEqualTo(contoso.applicationId().toString());
        assertThat(tenant.path("clientSecret").asString()).isEqualTo(contoso.clientSecret());
        assertThat(tenant.path("secretId").asString())
                .isEqualTo(contoso.secretId().toString());
        assertThat(json(send("GET", "tenants", "")).path("tenants").valueStream())
                .hasSameSizeAs(simulator.tenants())
                .contains(tenant);
    }

    @Test
    void tellsTheTruthAboutATenant() throws Exception {
        defender.putAlert(alert("a", NOW.minusSeconds(60)));
        defender.putAlert(alert("a", NOW.minusSeconds(60)).put("lastUpdateDateTime", NOW.toString()));
        defender.putAlert(alert("hidden", NOW), NOW.plusSeconds(1));
        defender.putIncident(incident("17", NOW));

        var truth = json(send("GET", "tenants/" + contoso.tenantId() + "/truth", ""));

        assertThat(truth.path("alerts").toString())
                .isEqualTo("[{\"id\":\"a\",\"lastUpdateDateTime\":\"2026-11-23T12:00:00Z\"}]");
        assertThat(truth.path("alertVersions").toString())
                .isEqualTo("[{\"id\":\"a\",\"lastUpdateDateTime\":\"2026-11-23T11:59:00Z\"},"
                        + "{\"id\":\"a\",\"lastUpdateDateTime\":\"2026-11-23T12:00:00Z\"}]");
        assertThat(truth.path("incidents")).hasSize(1);
        assertThat(truth.path("incidentVersions")).hasSize(1);
        assertThat(truth.path("now").asString()).isEqualTo("2026-11-23T12:00:00Z");
    }

    @Test
    void movesTimeForwardOnly() throws Exception {
        assertThat(json(send("POST", "clock", "{\"advance\": \"PT0S\"}"))
                        .path("now")
                        .asString())
                .isEqualTo("2026-11-23T12:00:00Z");
        assertThat(send("POST", "clock", "{\"advance\": \"PT-1H\"}").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "clock", "{\"advance\": \"an hour\"}").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "clock", "{").statusCode()).isEqualTo(400);
        try (var cloud = Simulator.start(SimulatorSettings.defaults().withClock(InstantSource.fixed(NOW)))) {
            var advance = HttpRequest.newBuilder(URI.create(cloud.plainGraph() + "/simulator/clock"))
                    .POST(BodyPublishers.ofString("{\"advance\": \"PT1H\"}"));

            assertThat(json(caller.send(advance)).path("now").asString()).isEqualTo("2026-11-23T13:00:00Z");
            assertThat(cloud.clock().instant()).isEqualTo("2026-11-23T13:00:00Z");
        }
    }

    /** Every order of a fault that docs/simulator.md shows, and the status of the next token request. */
    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of("{\"fault\": \"throttled\", \"retryAfter\": 10, \"times\": 1}", 429),
                Arguments.of("{\"fault\": \"throttled\", \"retryAfter\": \"PT30S\", \"at\": [\"token\"]}", 429),
                Arguments.of("{\"fault\": \"throttled\", \"retryAfter\": \"soon\", \"probability\": 1}", 429),
                Arguments.of("{\"fault\": \"serverError\", \"status\": 500, \"for\": \"PT5M\"}", 500),
                Arguments.of("{\"fault\": \"signInFailure\", \"code\": 7000222}", 401),
                Arguments.of("{\"fault\": \"htmlPage\", \"status\": 504}", 504),
                Arguments.of("{\"fault\": \"emptyBody\", \"status\": 503}", 503),
                Arguments.of("{\"fault\": \"notJson\"}", 200),
                Arguments.of("{\"fault\": \"dripping\", \"pieces\": 3, \"pause\": \"PT0.001S\"}", 200),
                Arguments.of("{\"fault\": \"wrongDate\", \"ahead\": \"PT-2H\"}", 200),
                // These cannot strike a token request.
                Arguments.of("{\"fault\": \"graphError\", \"status\": 403, \"code\": \"Forbidden\"}", 200),
                Arguments.of("{\"fault\": \"huntingQuotaSpent\"}", 200),
                Arguments.of("{\"fault\": \"linkExpired\"}", 200),
                Arguments.of("{\"fault\": \"emptyPage\"}", 200),
                Arguments.of("{\"fault\": \"linksInACircle\"}", 200),
                Arguments.of("{\"fault\": \"expandFails\"}", 200),
                Arguments.of("{\"fault\": \"spoiltRecord\", \"time\": \"2026-11-23T09:00:00Z\"}", 200),
                Arguments.of(
                        "{\"fault\": \"spoiltWindow\", \"from\": \"2026-11-23T09:00:00Z\", \"to\": \"2026-11-23T09:01:00Z\"}",
                        200),
                Arguments.of("{\"fault\": \"padded\", \"bytes\": 1000}", 200),
                Arguments.of("{\"fault\": \"malformedRecord\"}", 200),
                Arguments.of("{\"fault\": \"futureRecord\"}", 200),
                Arguments.of("{\"fault\": \"reset\", \"at\": [\"alerts\", \"incidents\"]}", 200),
                Arguments.of("{\"fault\": \"cutOff\", \"at\": [\"hunting\"]}", 200),
                Arguments.of("{\"fault\": \"brokenGzip\", \"at\": [\"discovery\"]}", 200),
                Arguments.of("{\"fault\": \"incomplete\", \"at\": [\"alerts\"]}", 200),
                Arguments.of("{\"fault\": \"foreignNextLink\", \"at\": [\"alerts\"]}", 200));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void takesOrdersForFaults(String order, int status) throws Exception {
        var made = send("POST", "faults", order);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(send("GET", "faults", "")).path("faults")).hasSize(1);

        assertThat(signIn().statusCode()).isEqualTo(status);

        send("DELETE", "faults/" + json(made).path("number").asInt(), "");
        assertThat(json(send("GET", "faults", "")).path("faults")).isEmpty();
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    @Test
    void stopsAllFaultsAtOnce() throws Exception {
        send("POST", "faults", "{\"fault\": \"emptyBody\"}");
        send("POST", "faults", "{\"fault\": \"notJson\", \"tenant\": \"%s\"}".formatted(contoso.tenantId()));

        assertThat(json(send("DELETE", "faults", "")).path("faults")).isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "expireSecret, renewSecret, 401",
        "removeSecret, restoreSecret, 401",
        "disableApplication, enableApplication, 400",
        "removeServicePrincipal, restoreServicePrincipal, 400",
        "blockByConditionalAccess, unblock, 400",
        "removeApplication, restoreApplication, 400",
        "suspendTenant, restoreTenant, 400",
        "moveToNationalCloud, moveBack, 400",
    })
    void breaksAndCuresTheDirectory(String broken, String cured, int status) throws Exception {
        assertThat(change(broken).statusCode()).isEqualTo(200);
        assertThat(signIn().statusCode()).isEqualTo(status);

        assertThat(change(cured).statusCode()).isEqualTo(200);
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    @Test
    void givesAndTakesRoles() throws Exception {
        post("{\"change\": \"revokeRole\", \"role\": \"ThreatHunting.Read.All\"}");
        assertThat(contoso.application().roles()).doesNotContain("ThreatHunting.Read.All");
        post("{\"change\": \"grantRole\", \"role\": \"ThreatHunting.Read.All\"}");
        assertThat(contoso.application().roles()).contains("ThreatHunting.Read.All");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(change("paintItBlue").statusCode()).isEqualTo(400);
        assertThat(send("GET", "nonsense", "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "", "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "tenants/" + contoso.tenantId() + "/nonsense", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "tenants/11111111-2222-4333-a444-555555555555", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "tenants/contoso", "").statusCode()).isEqualTo(400);
    }

    @Test
    void doesNotListenToWebPages() throws Exception {
        var response = caller.send(request("tenants").header("Origin", "https://evil.example"));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void isNotOnThePortsOfTheCloudItself() throws Exception {
        for (var base : new URI[] {simulator.authority(), simulator.graph(), simulator.plainAuthority()}) {
            var response = caller.send(HttpRequest.newBuilder(URI.create(base + "/simulator/tenants")));
            assertThat(response.body()).doesNotContain(contoso.clientSecret());
        }
    }

    @Test
    void leavesOtherPathsToGraph() throws Exception {
        var token = caller.token(contoso);

        var response =
                caller.send(HttpRequest.newBuilder(URI.create(simulator.plainGraph() + "/v1.0/security/alerts_v2"))
                        .header("Authorization", "Bearer " + token));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("@odata.context").asString()).startsWith(simulator.plainGraph() + "/v1.0/");
    }

    @Test
    void tenantsMayJoinLaterButOnlyOnce() {
        assertThat(simulator.addTenant("Fabrikam").tenantId()).isNotEqualTo(contoso.tenantId());
        assertThatThrownBy(() -> simulator.addTenant("Fabrikam")).hasMessageContaining("names must differ");
    }

    private HttpResponse<String> change(String change) throws Exception {
        return post("{\"change\": \"%s\"}".formatted(change));
    }

    private HttpResponse<String> post(String order) throws Exception {
        return send("POST", "tenants/" + contoso.tenantId() + "/directory", order);
    }

    private HttpResponse<String> signIn() throws Exception {
        return caller.post(caller.tokenAddress(contoso.tenantId().toString()), signInForm(contoso));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.plainGraph() + "/simulator/" + path));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return caller.send(
                request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
