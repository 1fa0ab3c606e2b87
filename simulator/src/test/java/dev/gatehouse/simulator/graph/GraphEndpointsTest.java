package dev.gatehouse.simulator.graph;

import static dev.gatehouse.simulator.HttpCaller.json;
import static dev.gatehouse.simulator.graph.Records.alert;
import static dev.gatehouse.simulator.graph.Records.incident;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.GraphCaller;
import dev.gatehouse.simulator.HttpCaller;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour.DynamicColumns;
import dev.gatehouse.simulator.graph.GraphBehaviour.Listing;
import dev.gatehouse.simulator.graph.GraphBehaviour.Ordering;
import dev.gatehouse.simulator.graph.GraphBehaviour.Paging;
import dev.gatehouse.simulator.graph.GraphBehaviour.UndocumentedOptions;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.world.ScriptedDefender;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphEndpointsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withClock(InstantSource.fixed(NOW)));
    private static final HttpCaller caller = new HttpCaller(simulator);

    private final ScriptedDefender defender = new ScriptedDefender();
    private final SimulatedTenant contoso =
            simulator.addTenant("Contoso " + simulator.tenants().size(), DefenderSource.scripted(defender));
    private GraphCaller graph = newCaller(contoso);

    private static GraphCaller newCaller(SimulatedTenant tenant) {
        try {
            return new GraphCaller(caller, simulator, tenant);
        } catch (Exception exception) {
            throw new AssertionError(exception);
        }
    }

    @BeforeEach
    void behaveAsUsual() {
        simulator.behave(_ -> GraphBehaviour.likeliest());
    }

    @AfterEach
    void behaveAsUsualAgain() {
        simulator.behave(_ -> GraphBehaviour.likeliest());
    }

    @AfterAll
    static void stop() {
        caller.close();
        simulator.close();
    }

    /** Alerts a00, a01, …, one a minute, the last one now. */
    private void putAlerts(int count) {
        IntStream.range(0, count)
                .forEach(i ->
                        defender.putAlert(alert("a%02d".formatted(i), NOW.minus(Duration.ofMinutes(count - 1 - i)))));
    }

    // Access

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', Access token is empty.",
        "Basic abc, Access token is empty.",
        "Bearer , Access token is empty.",
        "Bearer nonsense, 'IDX14100: JWT is not well formed, there are no dots (.) or the parts are not JSON.'",
    })
    void refusesACallWithoutAGoodToken(String authorization, String message) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.graph() + "/v1.0/security/alerts_v2"));
        var response = caller.send(authorization.isEmpty() ? request : request.header("Authorization", authorization));

        assertThatError(response, 401, "InvalidAuthenticationToken", message);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValueSatisfying(value -> assertThat(value)
                .startsWith("Bearer realm=\"\"")
                .contains("client_id=\"00000003-0000-0000-c000-000000000000\""));
    }

    @Test
    void refusesATokenForSomethingElse() throws Exception {
        var token = caller.token(contoso, "https://management.azure.com/.default");

        assertThatError(
                withToken(token),
                401,
                "InvalidAuthenticationToken",
                "Access token validation failure. Invalid audience.");
    }

    @Test
    void takesATokenForItsOwnAddress() throws Exception {
        assertThat(withToken(caller.token(contoso, simulator.graph() + "/.default"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesATokenThatSomebodyElseSigned() throws Exception {
        try (var other = Simulator.start(SimulatorSettings.defaults());
                var otherCaller = new HttpCaller(other)) {
            var token = otherCaller.token(other.tenants().getFirst());

            assertThatError(
                    withToken(token),
                    401,
                    "InvalidAuthenticationToken",
                    "Access token validation failure. Invalid signature.");
        }
    }

    @Test
    void refusesATokenThatHasExpired() throws Exception {
        try (var cloud = Simulator.start(SimulatorSettings.defaults());
                var client = new HttpCaller(cloud)) {
            var old = new GraphCaller(client, cloud, cloud.tenants().getFirst());
            cloud.clock().advance(Duration.ofMinutes(61));

            assertThatError(
                    old.get("alerts_v2"),
                    401,
                    "InvalidAuthenticationToken",
                    "Lifetime validation failed, the token is expired.");
        }
    }

    @Test
    void namesTheMissingRolesInMicrosoftsWords() throws Exception {
        SimulatedTenant.CONSENTED.forEach(contoso.application()::revoke);
        graph = newCaller(contoso);

        assertThatError(
                graph.get("alerts_v2"),
                403,
                "Forbidden",
                "Missing application roles. API required roles: SecurityAlert.Read.All,SecurityAlert.ReadWrite.All,"
                        + "SecurityIncident.Read.All,SecurityIncident.ReadWrite.All, application roles: .");
        contoso.application().grant(List.of("SecurityAlert.Read.All"));
        graph = newCaller(contoso);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
        assertThatError(
                graph.get("incidents"),
                403,
                "Forbidden",
                "Missing application roles. API required roles: SecurityIncident.Read.All,SecurityIncident.ReadWrite.All,"
                        + " application roles: SecurityAlert.Read.All.");
        assertThatError(
                graph.hunt("{\"Query\": \"x\"}"),
                403,
                "Forbidden",
                "Missing application roles. API required roles: ThreatHunting.Read.All, application roles:"
                        + " SecurityAlert.Read.All.");
    }

    @Test
    void aTokenKeepsItsRolesWhenTheConsentIsTakenBack() throws Exception {
        contoso.application().revoke("SecurityAlert.Read.All");
        contoso.application().revoke("SecurityIncident.Read.All");

        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
        assertThat(newCaller(contoso).get("alerts_v2").statusCode()).isEqualTo(403);
    }

    @Test
    void showsATenantNothingOfAnother() throws Exception {
        putAlerts(3);
        var fabrikam = simulator.addTenant("Fabrikam " + simulator.tenants().size());

        assertThat(newCaller(fabrikam).idsOfAllPages("alerts_v2")).isEmpty();
        assertThat(graph.idsOfAllPages("alerts_v2")).hasSize(3);
    }

    // Lists

    @Test
    void listsAlertsNewestFirstWithTheFieldsThatSupportAsksFor() throws Exception {
        putAlerts(3);

        var response = caller.send(graph.request("alerts_v2").header("client-request-id", "mine"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(GraphCaller.ids(json(response))).containsExactly("a02", "a01", "a00");
        assertThat(json(response).path("@odata.context").asString())
                .isEqualTo(simulator.graph() + "/v1.0/$metadata#security/alerts_v2");
        assertThat(json(response).has("@odata.nextLink")).isFalse();
        assertThat(json(response).has("@odata.count")).isFalse();
        var headers = response.headers();
        assertThat(headers.firstValue("client-request-id")).contains("mine");
        assertThat(headers.firstValue("request-id")).isPresent();
        assertThat(headers.firstValue("x-ms-ags-diagnostic")).isPresent();
        assertThat(headers.firstValue("Date")).contains("Mon, 23 Nov 2026 12:00:00 GMT");
        assertThat(headers.firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json;odata.metadata=minimal"));
    }

    @Test
    void pagesThroughAListByLinksThatLeadBackToGraph() throws Exception {
        putAlerts(7);

        var first = json(graph.get("alerts_v2?$top=3&$orderby=lastUpdateDateTime asc"));

        assertThat(GraphCaller.ids(first)).containsExactly("a00", "a01", "a02");
        assertThat(first.path("@odata.nextLink").asString())
                .startsWith(simulator.graph() + "/v1.0/security/alerts_v2?")
                .contains("$top=3", "$orderby=lastUpdateDateTime%20asc", "$skiptoken=");
        assertThat(graph.idsOfAllPages("alerts_v2?$top=3&$orderby=lastUpdateDateTime asc"))
                .containsExactly("a00", "a01", "a02", "a03", "a04", "a05", "a06");
        assertThat(graph.idsOfAllPages("alerts_v2?$top=3"))
                .containsExactly("a06", "a05", "a04", "a03", "a02", "a01", "a00");
    }

    @Test
    void pagesThroughRecordsThatShareOneTime() throws Exception {
        IntStream.range(0, 9).forEach(i -> defender.putAlert(alert("tie" + i, NOW)));

        assertThat(graph.idsOfAllPages("alerts_v2?$top=2")).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void anOpaqueLinkMissesNothingWhenTheListGrowsAtItsFront() throws Exception {
        putAlerts(4);
        var first = json(graph.get("alerts_v2?$top=2"));
        defender.putAlert(alert("new", NOW));

        var second = json(graph.follow(first.path("@odata.nextLink").asString()));

        assertThat(GraphCaller.ids(first)).containsExactly("a03", "a02");
        assertThat(GraphCaller.ids(second)).containsExactly("a01", "a00");
    }

    @Test
    void aLinkThatCountsLetsRecordsSlipFromPageToPage() throws Exception {
        simulator.behave(behaviour -> behaviour.with(Paging.LIVE_SKIP));
        putAlerts(4);
        var first = json(graph.get("alerts_v2?$top=2&$orderby=lastUpdateDateTime asc"));
        var changed = alert("a00", NOW.minusSeconds(200)).put("lastUpdateDateTime", NOW.toString());
        defender.putAlert(changed);

        var second = json(graph.follow(first.path("@odata.nextLink").asString()));

        assertThat(first.path("@odata.nextLink").asString()).endsWith("$skip=2");
        assertThat(GraphCaller.ids(first)).containsExactly("a00", "a01");
        assertThat(GraphCaller.ids(second)).containsExactly("a00", "a03").doesNotContain("a02");
    }

    @Test
    void aLinkFitsOnlyTheQuestionThatItCameWith() throws Exception {
        putAlerts(4);
        var link = json(graph.get("alerts_v2?$top=2")).path("@odata.nextLink").asString();

        assertThat(graph.follow(link + "&$filter=severity%20eq%20'high'").statusCode())
                .isEqualTo(400);
        assertThatError(graph.get("alerts_v2?$skiptoken=nonsense"), 400, "BadRequest", "The $skiptoken is not valid.");
    }

    @Test
    void countsWhatTheFilterLetsThrough() throws Exception {
        putAlerts(5);

        var page = json(graph.get("alerts_v2?$count=true&$top=2&$filter=createdDateTime gt 2026-11-23T11:56:00Z"));

        assertThat(page.path("@odata.count").asInt()).isEqualTo(4);
        assertThat(page.path("value")).hasSize(2);
    }

    @Test
    void skipsAsFarAsMicrosoftAllows() throws Exception {
        putAlerts(3);

        assertThat(graph.idsOfAllPages("alerts_v2?$skip=1")).containsExactly("a01", "a00");
        assertThat(graph.get("alerts_v2?$skip=500").statusCode()).isEqualTo(200);
        assertThatError(
                graph.get("alerts_v2?$skip=501"),
                400,
                "",
                "The query specified in the URI is not valid. The limit of '500' for Skip query has been exceeded. The"
                        + " value from the incoming request is '501'.");
    }

    @Test
    void cutsLargePagesOfAlertsAndRefusesLargePagesOfIncidents() throws Exception {
        IntStream.range(0, 1001).forEach(i -> defender.putAlert(alert("b" + i, NOW)));

        assertThat(json(graph.get("alerts_v2?$top=5000")).path("value")).hasSize(1000);
        assertThat(graph.get("incidents?$top=50").statusCode()).isEqualTo(200);
        var refused = graph.get("incidents?$top=100");
        assertThatError(
                refused,
                400,
                "",
                "The query specified in the URI is not valid. The limit of '50' for Top query has been exceeded. The value"
                        + " from the incoming request is '100'.");
        assertThat(json(refused).path("error").path("innerError").path("date").asString())
                .isEqualTo("2026-11-23T12:00:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alerts_v2?$filter=title eq 'x'",
                "alerts_v2?$top=-1",
                "alerts_v2?$top=many",
                "alerts_v2?$count=maybe",
                "alerts_v2?$expand=alerts",
                "alerts_v2?$search=x",
                "alerts_v2?$orderby=title",
                "alerts_v2?$orderby=nonsense asc",
                "alerts_v2?$orderby=lastUpdateDateTime upwards",
                "incidents?$expand=owner",
                "incidents?$filter=serviceSource eq 'microsoftDefenderForIdentity'",
                "nonsense",
                "alerts_v2/a/b",
            })
    void refusesWhatMicrosoftRefuses(String path) throws Exception {
        assertThat(graph.get(path).statusCode()).isEqualTo(400);
    }

    @Test
    void anUndocumentedOrderCanBeHonouredIgnoredOrRefused() throws Exception {
        putAlerts(2);
        var path = "alerts_v2?$orderby=lastUpdateDateTime asc";

        assertThat(graph.idsOfAllPages(path)).containsExactly("a00", "a01");
        simulator.behave(behaviour -> behaviour.with(Ordering.IGNORED));
        assertThat(graph.idsOfAllPages(path)).containsExactly("a01", "a00");
        simulator.behave(behaviour -> behaviour.with(Ordering.REFUSED));
        assertThat(graph.get(path).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(Listing.class)
    void aListCanComeInAnyOrderAndIsPagedThroughAllTheSame(Listing listing) throws Exception {
        putAlerts(12);
        simulator.behave(behaviour -> behaviour.with(Ordering.IGNORED).with(listing));

        var ids = graph.idsOfAllPages("alerts_v2?$top=5&$orderby=lastUpdateDateTime asc");

        assertThat(ids).hasSize(12).doesNotHaveDuplicates();
        switch (listing) {
            case NEWEST_FIRST, NEWEST_CHANGE_FIRST -> assertThat(ids).first().isEqualTo("a11");
            case OLDEST_FIRST, OLDEST_CHANGE_FIRST, BY_ID -> assertThat(ids).isSorted();
            case IN_NO_ORDER ->
                assertThat(ids).isNotEqualTo(ids.stream().sorted().toList());
        }
    }

    @Test
    void oneTenantCanBehaveOtherwise() throws Exception {
        putAlerts(2);
        var path = "alerts_v2?$orderby=lastUpdateDateTime asc";
        simulator.behave(contoso.tenantId(), behaviour -> behaviour.with(Ordering.REFUSED));
        var fabrikam = simulator.addTenant("Fabrikam " + simulator.tenants().size(), DefenderSource.scripted(defender));

        assertThat(graph.get(path).statusCode()).isEqualTo(400);
        assertThat(new GraphCaller(caller, simulator, fabrikam).get(path).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anUndocumentedSelectCanBeIgnoredOrRefused() throws Exception {
        assertThat(graph.get("alerts_v2?$select=id").statusCode()).isEqualTo(200);
        simulator.behave(behaviour -> behaviour.with(UndocumentedOptions.REFUSED));
        assertThat(graph.get("alerts_v2?$select=id").statusCode()).isEqualTo(400);
    }

    @Test
    void hidesNewMembersOfEnumerationsFromClientsThatDoNotAskForThem() throws Exception {
        defender.putAlert(alert("a", NOW).put("serviceSource", "microsoftSentinel"));
        defender.putIncident(incident("17", NOW).put("status", "awaitingAction"));

        var hidden = graph.get("incidents?$expand=alerts");
        var shown =
                caller.send(graph.request("incidents?$expand=alerts").header("Prefer", "include-unknown-enum-members"));

        var hiddenIncident = json(hidden).path("value").path(0);
        assertThat(hiddenIncident.path("status").asString()).isEqualTo("unknownFutureValue");
        var hiddenAlert = hiddenIncident.path("alerts").path(0);
        assertThat(hiddenAlert.path("serviceSource").asString()).isEqualTo("unknownFutureValue");
        assertThat(hiddenAlert
                        .path("evidence")
                        .path(0)
                        .path("remediationStatus")
                        .asString())
                .isEqualTo("unknownFutureValue");
        assertThat(hiddenAlert.path("status").asString()).isEqualTo("new");
        assertThat(hidden.headers().firstValue("Preference-Applied")).isEmpty();

        var shownIncident = json(shown).path("value").path(0);
        assertThat(shownIncident.path("status").asString()).isEqualTo("awaitingAction");
        var shownAlert = shownIncident.path("alerts").path(0);
        assertThat(shownAlert.path("serviceSource").asString()).isEqualTo("microsoftSentinel");
        assertThat(shownAlert.path("evidence").path(0).path("remediationStatus").asString())
                .isEqualTo("active");
        assertThat(shown.headers().firstValue("Preference-Applied")).contains("include-unknown-enum-members");
    }

    @Test
    void putsAlertsIntoTheirIncidentsOnlyWhenAsked() throws Exception {
        defender.putAlert(alert("a", NOW));
        defender.putAlert(alert("b", NOW).put("incidentId", "18"));
        defender.putIncident(incident("17", NOW));

        assertThat(json(graph.get("incidents")).path("value").path(0).has("alerts"))
                .isFalse();
        var expanded = json(graph.get("incidents?$expand=alerts")).path("value").path(0);
        assertThat(expanded.path("alerts")).hasSize(1);
        assertThat(expanded.path("alerts").path(0).path("id").asString()).isEqualTo("a");
    }

    @Test
    void givesSingleRecords() throws Exception {
        defender.putAlert(alert("a", NOW));
        defender.putIncident(incident("17", NOW));

        var alert = json(graph.get("alerts_v2/a"));
        assertThat(alert.path("id").asString()).isEqualTo("a");
        assertThat(alert.path("@odata.context").asString()).endsWith("#security/alerts_v2/$entity");
        assertThat(json(graph.get("incidents/17?$expand=alerts")).path("alerts"))
                .hasSize(1);
        assertThat(graph.get("alerts_v2/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void showsARecordFromTheInstantOnAtWhichItIsReadable() throws Exception {
        defender.putAlert(alert("late", NOW.minus(Duration.ofHours(1))), NOW.plusSeconds(1));

        assertThat(graph.idsOfAllPages("alerts_v2")).isEmpty();
    }

    @Test
    void compressesForClientsThatCanBearIt() throws Exception {
        putAlerts(3);

        var response = caller.sendForBytes(graph.request("alerts_v2").header("Accept-Encoding", "gzip"));

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            var page = Json.parse(new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(page.path("value")).hasSize(3);
        }
    }

    @Test
    void readsOnly() throws Exception {
        assertThat(caller.send(graph.request("alerts_v2/a").DELETE()).statusCode())
                .isEqualTo(405);
        assertThat(graph.get("runHuntingQuery").statusCode()).isEqualTo(405);
    }

    // Limits

    @Test
    void throttlesTooManyReadsOfOneTenantOnly() throws Exception {
        simulator.behave(behaviour -> behaviour.withCallsPerMinute(2, 1));

        graph.get("alerts_v2");
        graph.get("incidents");
        var throttled = graph.get("alerts_v2");

        assertThatError(throttled, 429, "TooManyRequests", "Please retry again later.");
        assertThat(json(throttled)
                        .path("error")
                        .path("innerError")
                        .path("message")
                        .asString())
                .isEqualTo("Please retry after");
        assertThat(throttled.headers().firstValue("Retry-After")).contains("60");
        assertThat(graph.hunt("{\"Query\": \"print 1\"}").statusCode()).isNotEqualTo(429);
        assertThat(graph.hunt("{\"Query\": \"print 1\"}").statusCode()).isEqualTo(429);
        var fabrikam = simulator.addTenant("Fabrikam " + simulator.tenants().size());
        assertThat(newCaller(fabrikam).get("alerts_v2").statusCode()).isEqualTo(200);
    }

    @Test
    void stopsThrottlingWhenTheTimeIsOver() throws Refused {
        var limits = new CallLimits();
        limits.count("contoso", 1, NOW);

        assertThat(refusal(limits, NOW.plusSeconds(20))).isEqualTo("429 after PT1M");
        assertThat(refusal(limits, NOW.plusSeconds(79))).isEqualTo("429 after PT1M");
        assertThat(refusal(limits, NOW.plusSeconds(139))).isEqualTo("let through");
    }

    private static String refusal(CallLimits limits, Instant at) {
        try {
            limits.count("contoso", 1, at);
            return "let through";
        } catch (Refused refused) {
            return "%d after %s"
                    .formatted(refused.status(), refused.retryAfter().orElseThrow());
        }
    }

    // Hunting

    private void putLogons() {
        defender.putTable(
                "IdentityLogonEvents",
                List.of(
                        new Table.Column("Timestamp", Table.Type.DATETIME),
                        new Table.Column("AccountName", Table.Type.STRING),
                        new Table.Column("Port", Table.Type.INT),
                        new Table.Column("AdditionalFields", Table.Type.DYNAMIC)));
        defender.putRow(
                "IdentityLogonEvents",
                Map.of(
                        "Timestamp",
                        NOW.minus(Duration.ofHours(1)).plusNanos(1_234_500),
                        "AccountName",
                        "anna",
                        "Port",
                        88L,
                        "AdditionalFields",
                        Json.object().put("Count", 2)),
                Instant.MIN);
        defender.putRow(
                "IdentityLogonEvents",
                Map.of("Timestamp", NOW.minus(Duration.ofDays(3)), "AccountName", "bert"),
                Instant.MIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Query\": \"IdentityLogonEvents | order by Timestamp desc\"}",
                "{\"query\": \"IdentityLogonEvents | order by Timestamp desc\", \"timespan\": \"P7D\"}",
            })
    void answersQueriesInBothSpellings(String body) throws Exception {
        putLogons();

        var answer = json(graph.hunt(body));

        assertThat(answer.path("@odata.context").asString()).endsWith("#microsoft.graph.security.huntingQueryResults");
        assertThat(answer.path("schema").toString())
                .isEqualTo(
                        "[{\"name\":\"Timestamp\",\"type\":\"DateTime\"},{\"name\":\"AccountName\",\"type\":\"String\"},"
                                + "{\"name\":\"Port\",\"type\":\"Int32\"},{\"name\":\"AdditionalFields\",\"type\":\"Object\"}]");
        assertThat(answer.path("results").path(0).toString())
                .isEqualTo("{\"Timestamp\":\"2026-11-23T11:00:00.0012345Z\",\"AccountName\":\"anna\",\"Port\":88,"
                        + "\"AdditionalFields\":{\"Count\":2}}");
        assertThat(answer.path("results").path(1).path("Port").isNull()).isTrue();
    }

    @Test
    void looksOnlyAtTheTimespan() throws Exception {
        putLogons();

        assertThat(json(graph.hunt("{\"Query\": \"IdentityLogonEvents\", \"Timespan\": \"P1D\"}"))
                        .path("results"))
                .hasSize(1);
    }

    @Test
    void givesDynamicColumnsAsTextWhenToldTo() throws Exception {
        putLogons();
        simulator.behave(behaviour -> behaviour.with(DynamicColumns.AS_TEXT));

        var answer = json(graph.hunt("{\"Query\": \"IdentityLogonEvents | where AccountName == 'anna'\"}"));

        assertThat(answer.path("results").path(0).path("AdditionalFields").asString())
                .isEqualTo("{\"Count\":2}");
    }

    @Test
    void givesTheOtherTypesAsDotNetDoes() throws Exception {
        var answer = json(graph.hunt("{\"Query\": \"print a = true, b = 1.5, c = 1d + 2h + 3ms, d = real(nan)\"}"));

        assertThat(answer.path("results").path(0).toString())
                .isEqualTo("{\"a\":1,\"b\":1.5,\"c\":\"1.02:00:00.0030000\",\"d\":\"NaN\"}");
    }

    @Test
    void saysWhichTableTheTenantLacks() throws Exception {
        assertThatError(
                graph.hunt("{\"Query\": \"EmailEvents | take 1\"}"),
                400,
                "BadRequest",
                "'take' operator: Failed to resolve table or column expression named 'EmailEvents'. Fix semantic errors in"
                        + " your query.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"Query\": \" \"}",
                "{\"Query\": \"IdentityLogonEvents |\"}",
                "{\"Query\": \"print 1\", \"Timespan\": \"yesterday\"}",
            })
    void refusesBadQueries(String body) throws Exception {
        putLogons();

        var response = graph.hunt(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("code").asString()).isEqualTo("BadRequest");
        assertThat(json(response).path("error").path("message").asString()).isNotBlank();
    }

    @Test
    void takesAKeyInParentheses() throws Exception {
        defender.putAlert(alert("it's a0", NOW));

        var response = graph.get("alerts_v2('it''s%20a0')");

        assertThat(json(response).path("id").asString()).isEqualTo("it's a0");
    }

    @Test
    void listsTheAlertsOfAnIncident() throws Exception {
        defender.putIncident(incident("7", NOW));
        for (var id : List.of("a0", "a1", "a2")) {
            defender.putAlert(alert(id, NOW).put("incidentId", "7"));
        }
        defender.putAlert(alert("a3", NOW).put("incidentId", "8"));

        assertThat(graph.idsOfAllPages("incidents/7/alerts?$top=2")).containsExactlyInAnyOrder("a0", "a1", "a2");
        assertThat(graph.get("incidents/8/alerts").statusCode()).isEqualTo(404);
    }

    @Test
    void countsAsABareNumber() throws Exception {
        putAlerts(5);

        var response = graph.get("alerts_v2/$count?$filter=status eq 'new'");

        assertThat(response.body())
                .matches("\\d+")
                .isEqualTo(json(graph.get("alerts_v2?$count=true&$filter=status eq 'new'"))
                        .path("@odata.count")
                        .asString());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    }

    @Test
    void refusesAChangeWithoutTheRightToWrite() throws Exception {
        putAlerts(1);

        var response = caller.send(graph.request("alerts_v2/a00")
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"status\":\"resolved\"}")));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("API required roles: SecurityAlert.ReadWrite.All, application roles:");
    }

    @Test
    void answersEachRequestOfABatchAsIfItHadComeAlone() throws Exception {
        putAlerts(3);
        var batch = """
                {"requests": [
                  {"id": "1", "method": "GET", "url": "/security/alerts_v2?$top=2&$filter=status%20eq%20'new'"},
                  {"id": "2", "method": "GET", "url": "security/alerts_v2/none"},
                  {"id": "3", "method": "POST", "url": "/security/runHuntingQuery", "headers": {"Content-Type": "application/json"},
                   "body": {"Query": "print x = 1"}},
                  {"id": "4", "method": "GET", "url": "/security/alerts_v2", "dependsOn": ["2"]},
                  {"id": "5", "method": "GET", "url": "/me"}]}""";

        var responses = json(post("$batch", batch)).path("responses");

        assertThat(responses.findValuesAsString("id")).startsWith("1");
        assertThat(responses.valueStream().map(each -> each.path("status").asInt()))
                .containsExactly(200, 404, 200, 424, 400);
        assertThat(responses.at("/0/body/value")).hasSize(2);
        assertThat(responses.at("/2/body/results/0/x").asInt()).isEqualTo(1);
        assertThat(responses.at("/4/body/error/message").asString())
                .isEqualTo("/me request is only valid with delegated authentication flow.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"requests\": []}", "{\"requests\": [{\"id\": \"1\"}]}"})
    void refusesWhatIsNoBatch(String batch) throws Exception {
        assertThat(post("$batch", batch).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesABatchOfMoreThanTwenty() throws Exception {
        var requests = IntStream.range(0, 21)
                .mapToObj("{\"id\": \"%d\", \"method\": \"GET\", \"url\": \"/security/alerts_v2\"}"::formatted)
                .toList();

        assertThat(post("$batch", "{\"requests\": %s}".formatted(requests)).statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return caller.send(graph.request("../" + path)
                .uri(URI.create(simulator.graph() + "/v1.0/" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> withToken(String token) throws Exception {
        return caller.send(HttpRequest.newBuilder(URI.create(simulator.graph() + "/v1.0/security/alerts_v2"))
                .header("Authorization", "Bearer " + token));
    }

    private static void assertThatError(HttpResponse<String> response, int status, String code, String message) {
        var error = json(response).path("error");
        assertThat(List.of(
                        response.statusCode(),
                        error.path("code").asString(),
                        error.path("message").asString()))
                .isEqualTo(List.of(status, code, message));
        assertThat(error.path("innerError").path("request-id").asString())
                .isEqualTo(response.headers().firstValue("request-id").orElseThrow());
    }
}
