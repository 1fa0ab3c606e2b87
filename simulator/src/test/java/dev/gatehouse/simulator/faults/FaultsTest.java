package dev.gatehouse.simulator.faults;

import static dev.gatehouse.simulator.HttpCaller.json;
import static dev.gatehouse.simulator.HttpCaller.signInForm;
import static dev.gatehouse.simulator.graph.Records.alert;
import static dev.gatehouse.simulator.graph.Records.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.GraphCaller;
import dev.gatehouse.simulator.HttpCaller;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.entra.SignInError;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Delivery;
import dev.gatehouse.simulator.http.Headers;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Parameters;
import dev.gatehouse.simulator.http.Request;
import dev.gatehouse.simulator.world.ScriptedDefender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:07:30Z");

    private static final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withClock(InstantSource.fixed(NOW)));
    private static final HttpCaller caller = new HttpCaller(simulator);

    private final Faults faults = simulator.faults();
    private final ScriptedDefender defender = new ScriptedDefender();
    private final SimulatedTenant contoso =
            simulator.addTenant("Contoso " + simulator.tenants().size(), DefenderSource.scripted(defender));
    private final GraphCaller graph = newCaller(contoso);

    private static GraphCaller newCaller(SimulatedTenant tenant) {
        try {
            return new GraphCaller(caller, simulator, tenant);
        } catch (Exception exception) {
            throw new AssertionError(exception);
        }
    }

    @AfterEach
    void calmDown() {
        faults.clear();
    }

    @AfterAll
    static void stop() {
        caller.close();
        simulator.close();
    }

    @Test
    void strikesOnlyWhereItIsAimedAndOnlySoOften() throws Exception {
        var fabrikam =
                newCaller(simulator.addTenant("Fabrikam " + simulator.tenants().size()));
        var plan = faults.in(contoso.tenantId())
                .at(Endpoint.ALERTS)
                .next(2, new Fault.ServerError(503, new RetryAfter.Absent()));

        assertThat(fabrikam.get("alerts_v2").statusCode()).isEqualTo(200);
        assertThat(graph.get("incidents").statusCode()).isEqualTo(200);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(503);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(503);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
        assertThat(plan.strikes()).isEqualTo(2);
        assertThat(faults.plans()).isEmpty();
    }

    @Test
    void strikesUntilItIsStopped() throws Exception {
        var plan = faults.everywhere().always(new Fault.ServerError(500, new RetryAfter.Absent()));

        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(500);
        plan.stop();
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
    }

    @Test
    void strikesForATimeByTheCloudsClock() throws Exception {
        try (var cloud = Simulator.start(SimulatorSettings.defaults());
                var client = new HttpCaller(cloud)) {
            var tenant = new GraphCaller(client, cloud, cloud.tenants().getFirst());
            cloud.faults().everywhere().during(Duration.ofMinutes(30), new Fault.EmptyBody(504));

            assertThat(tenant.get("alerts_v2").statusCode()).isEqualTo(504);
            cloud.clock().advance(Duration.ofMinutes(30));
            assertThat(tenant.get("alerts_v2").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theSameSeedThrowsTheSameDice() {
        assertThat(dice(7)).isEqualTo(dice(7)).contains("x").contains("-");
        assertThat(dice(7)).isNotEqualTo(dice(8));
    }

    private static String dice(long seed) {
        var seeded = new Faults(seed, InstantSource.fixed(NOW));
        seeded.everywhere().sometimes(0.5, new Fault.EmptyBody(500));
        var request = new Request("GET", URI.create("http://localhost"), "/", Parameters.parse(""), Headers.NONE, "");
        var good = Answer.empty(200);
        var thrown = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            var struck = seeded.strike(request, Endpoint.ALERTS, Optional.empty(), good);
            thrown.append(struck.status() == 500 ? "x" : "-");
        }
        return thrown.toString();
    }

    @Test
    void sendsRetryAfterInEveryForm() throws Exception {
        faults.everywhere().next(1, new Fault.Throttled(new RetryAfter.Seconds(7)));
        faults.everywhere().next(1, new Fault.Throttled(new RetryAfter.Date(Duration.ofSeconds(30))));
        faults.everywhere().next(1, new Fault.Throttled(new RetryAfter.Absent()));
        faults.everywhere().next(1, new Fault.ServerError(503, new RetryAfter.Garbled("soon")));

        var first = graph.get("alerts_v2");
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(json(first).path("error").path("code").asString()).isEqualTo("TooManyRequests");
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(graph.get("alerts_v2").headers().firstValue("Retry-After"))
                .contains("Mon, 23 Nov 2026 12:08:00 GMT");
        assertThat(graph.get("alerts_v2").headers().firstValue("Retry-After")).isEmpty();
        assertThat(graph.get("alerts_v2").headers().firstValue("Retry-After")).contains("soon");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 504})
    void saysNothingInTheErrorsThatSayNothing(int status) throws Exception {
        faults.at(Endpoint.HUNTING).next(1, new Fault.ServerError(status, new RetryAfter.Absent()));

        var response = graph.hunt("{\"Query\": \"print 1\"}");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("error").path("code").asString()).isEqualTo("UnknownError");
        assertThat(json(response).path("error").path("message").asString("?")).isEmpty();
    }

    @Test
    void answersLikeAGateway() throws Exception {
        faults.everywhere().next(1, new Fault.ServerError(502, new RetryAfter.Absent()));
        faults.everywhere().next(1, new Fault.EmptyBody(200));
        faults.everywhere().next(1, new Fault.NotJson());

        var html = graph.get("alerts_v2");
        assertThat(html.statusCode()).isEqualTo(502);
        assertThat(html.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(html.body()).contains("<h1>502</h1>");
        var empty = graph.get("alerts_v2");
        assertThat(empty.statusCode()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
        var notJson = graph.get("alerts_v2");
        assertThat(notJson.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> json(notJson)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void breaksAnswersOnTheirWay() throws Exception {
        defender.putAlert(alert("a", NOW));
        faults.everywhere().next(1, new Fault.CutOff());

        assertThatThrownBy(() -> graph.get("alerts_v2")).isInstanceOf(IOException.class);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
    }

    @Test
    void resetsConnections() throws Exception {
        // For as long as it takes: the JDK's client tries once more by itself.
        var plan = faults.everywhere().always(new Fault.Reset());

        assertThatThrownBy(() -> graph.get("alerts_v2")).isInstanceOf(IOException.class);
        plan.stop();
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
    }

    @Test
    void breaksCompressedAnswersInTheMiddle() throws Exception {
        defender.putAlert(alert("a", NOW));
        faults.everywhere().next(1, new Fault.BrokenGzip());

        var response = caller.sendForBytes(graph.request("alerts_v2"));

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThatThrownBy(() -> {
                    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
                        gzip.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void letsAnswersTrickleWithoutLosingAny() throws Exception {
        defender.putAlert(alert("a", NOW));
        faults.everywhere().next(1, new Fault.Dripping(5, Duration.ofMillis(1)));

        assertThat(GraphCaller.ids(json(graph.get("alerts_v2")))).containsExactly("a");
        assertThatThrownBy(() -> new Delivery.Dripping(10, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(60)
    void holdsAnAnswerBackUntilItIsLetGo() throws Exception {
        var letGo = new CountDownLatch(1);
        var plan = faults.everywhere().always(new Fault.Held(letGo));
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return graph.get("alerts_v2");
            } catch (IOException | InterruptedException exception) {
                throw new AssertionError(exception);
            }
        });

        while (plan.strikes() == 0) {
            Thread.onSpinWait();
        }
        assertThat(answer).isNotDone();
        letGo.countDown();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void hasAWrongIdeaOfTheTime() throws Exception {
        faults.everywhere().next(1, new Fault.WrongDate(Duration.ofHours(-2)));

        assertThat(graph.get("alerts_v2").headers().firstValue("Date")).contains("Mon, 23 Nov 2026 10:07:30 GMT");
    }

    @Test
    void warnsOfIncompletePages() throws Exception {
        faults.everywhere().next(1, new Fault.Incomplete());

        var response = graph.get("alerts_v2");

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.headers().firstValue("Warning")).isPresent();
    }

    @Test
    void linksToSomebodyElse() throws Exception {
        faults.everywhere()
                .next(1, new Fault.ForeignNextLink(URI.create("https://evil.example/v1.0/security/alerts_v2")));

        assertThat(json(graph.get("alerts_v2")).path("@odata.nextLink").asString())
                .isEqualTo("https://evil.example/v1.0/security/alerts_v2");
    }

    @Test
    void spoilsOneRecordOfAPageAndWaitsForAPageThatHasOne() throws Exception {
        var plan = faults.at(Endpoint.ALERTS).next(1, new Fault.MalformedRecord());
        graph.get("alerts_v2");
        assertThat(plan.strikes()).isZero();
        for (int i = 0; i < 5; i++) {
            defender.putAlert(alert("a" + i, NOW));
        }

        var spoiled = json(graph.get("alerts_v2")).path("value");

        assertThat(spoiled).hasSize(5);
        assertThat(spoiled.valueStream().filter(record -> !record.has("id"))).hasSize(1);
        assertThat(plan.strikes()).isOne();
    }

    @Test
    void showsWhatNobodyKnowsYet() throws Exception {
        defender.putAlert(alert("a", NOW));
        faults.at(Endpoint.ALERTS).next(1, new Fault.FutureRecord());

        var record = json(graph.get("alerts_v2")).path("value").path(0);

        assertThat(record.path("id").asString()).isEqualTo("a");
        assertThat(record.path("severity").asString()).isEqualTo("catastrophic");
        assertThat(record.path("evidence").path(1).path("@odata.type").asString())
                .isEqualTo("#microsoft.graph.security.timeMachineEvidence");
    }

    @Test
    void letsLinksExpireButNotFirstPages() throws Exception {
        defender.putAlert(alert("a", NOW));
        defender.putAlert(alert("b", NOW));
        faults.everywhere().always(new Fault.LinkExpired());

        var first = graph.get("alerts_v2?$top=1");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(graph.follow(json(first).path("@odata.nextLink").asString()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void putsAnEmptyPageBeforeTheFirstOne() throws Exception {
        defender.putAlert(alert("a", NOW));
        faults.everywhere().always(new Fault.EmptyPage());

        var first = json(graph.get("alerts_v2?$filter=severity%20eq%20'high'"));
        var second = json(graph.follow(first.path("@odata.nextLink").asString()));

        assertThat(first.path("value")).isEmpty();
        assertThat(GraphCaller.ids(second)).containsExactly("a");
        assertThat(second.path("@odata.nextLink").isMissingNode()).isTrue();
    }

    @Test
    void linksTheLastPageBackToTheFirstOne() throws Exception {
        defender.putAlert(alert("a", NOW));
        defender.putAlert(alert("b", NOW));
        faults.everywhere().always(new Fault.LinksInACircle());

        var first = json(graph.get("alerts_v2?$top=1"));
        var second = json(graph.follow(first.path("@odata.nextLink").asString()));
        var third = json(graph.follow(second.path("@odata.nextLink").asString()));

        assertThat(GraphCaller.ids(second)).isNotEqualTo(GraphCaller.ids(first));
        assertThat(GraphCaller.ids(third)).isEqualTo(GraphCaller.ids(first));
        assertThat(third.path("@odata.nextLink").isMissingNode()).isFalse();
    }

    @Test
    void leavesWhatAnotherFaultHasSpoiltAsItIs() throws Exception {
        faults.everywhere().always(new Fault.NotJson());
        faults.everywhere().always(new Fault.LinksInACircle());

        var answer = graph.get("alerts_v2");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> json(answer)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failsToExpandAlerts() throws Exception {
        defender.putIncident(incident("17", NOW));
        faults.everywhere().always(new Fault.ExpandFails());

        assertThat(graph.get("incidents").statusCode()).isEqualTo(200);
        assertThat(graph.get("incidents?$expand=alerts").statusCode()).isEqualTo(500);
    }

    @Test
    void spoilsEveryPageThatHoldsARecordAndNoOther() throws Exception {
        defender.putAlert(alert("good", NOW.minusSeconds(60)));
        defender.putAlert(alert("bad", NOW.minusSeconds(30)));
        faults.everywhere().always(new Fault.SpoiltRecord(NOW.minusSeconds(30), 500));

        assertThat(graph.get("alerts_v2?$top=1&$orderby=lastUpdateDateTime%20asc")
                        .statusCode())
                .isEqualTo(200);
        assertThat(graph.get("alerts_v2?$top=1&$filter=lastUpdateDateTime%20ge%20" + NOW.minusSeconds(30))
                        .statusCode())
                .isEqualTo(500);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(500);
    }

    @Test
    void spoilsOneOfSeveralRecordsOfOneTime() throws Exception {
        defender.putAlert(alert("good", NOW.minusSeconds(30)));
        defender.putAlert(alert("bad", NOW.minusSeconds(30)));
        FaultOrder.place(Json.parse("{\"fault\": \"spoiltRecord\", \"id\": \"bad\"}"), faults);
        faults.at(Endpoint.HUNTING).always(new Fault.SpoiltId("r7", 500));

        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(500);
        assertThat(graph.get("alerts_v2/good").statusCode()).isEqualTo(200);
        assertThat(graph.hunt("{\"Query\": \"print ReportId = 'r7'\"}").statusCode())
                .isEqualTo(500);
        assertThat(graph.hunt("{\"Query\": \"print ReportId = 'r8'\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void preemptsHuntingQueriesAboutTooLongATime() throws Exception {
        FaultOrder.place(Json.parse("{\"fault\": \"preempted\", \"longest\": \"PT5M\"}"), faults);
        var query = "{\"Query\": \"print a = datetime(%s), b = datetime(%s)\"}";

        var heavy = graph.hunt(query.formatted(NOW.minusSeconds(301), NOW));
        assertThat(heavy.statusCode()).isEqualTo(400);
        assertThat(json(heavy).path("error").path("message").asString()).contains("preempted");
        assertThat(graph.hunt(query.formatted(NOW.minusSeconds(300), NOW)).statusCode())
                .isEqualTo(200);
        assertThat(graph.hunt("{\"Query\": \"print 1\", \"Timespan\": \"PT5M\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(graph.hunt("{\"Query\": \"print 1\", \"Timespan\": \"P1D\"}").statusCode())
                .isEqualTo(400);
        assertThat(graph.hunt("{\"Query\": \"print 1\"}").statusCode()).isEqualTo(400);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void breaksOffAnswersAboveASize(boolean byReset) throws Exception {
        defender.putAlert(alert("a", NOW));
        FaultOrder.place(
                Json.parse("{\"fault\": \"breaksOffAbove\", \"bytes\": 10000, \"reset\": %s}".formatted(byReset)),
                faults);
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);

        var padded = alert("b", NOW);
        padded.put("description", "x".repeat(10_000));
        defender.putAlert(padded);

        assertThatThrownBy(() -> graph.get("alerts_v2")).isInstanceOf(IOException.class);
    }

    @Test
    void warnsBesideAGoodAnswer() throws Exception {
        defender.putAlert(alert("a", NOW));
        FaultOrder.place(
                Json.parse("{\"fault\": \"warning\", \"code\": 199, \"text\": \"Microsoft/WDATP/504/10000\"}"), faults);

        var answer = graph.get("alerts_v2");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(GraphCaller.ids(json(answer))).containsExactly("a");
        assertThat(answer.headers().firstValue("Warning")).contains("199 - \"Microsoft/WDATP/504/10000\"");
    }

    @Test
    void spoilsEveryQuestionAboutAWindowAndNoOther() throws Exception {
        faults.everywhere().always(new Fault.SpoiltWindow(NOW.minusSeconds(60), NOW.minusSeconds(50), 504));
        var filter = "alerts_v2?$filter=lastUpdateDateTime%20ge%20" + "{from}%20and%20lastUpdateDateTime%20lt%20"
                + NOW.minusSeconds(40);

        assertThat(graph.get(filter.replace("{from}", NOW.minusSeconds(55).toString()))
                        .statusCode())
                .isEqualTo(504);
        assertThat(graph.get(filter.replace("{from}", NOW.minusSeconds(50).toString()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(graph.hunt("{\"Query\": \"print a = datetime(%s), b = datetime(%s)\"}"
                                .formatted(NOW.minusSeconds(70), NOW.minusSeconds(55)))
                        .statusCode())
                .isEqualTo(504);
    }

    @Test
    void makesRecordsLarge() throws Exception {
        defender.putAlert(alert("a1", NOW));
        faults.everywhere().always(new Fault.Padded(100 * 1024));

        assertThat(graph.get("alerts_v2").body().length()).isGreaterThan(100 * 1024);
    }

    @Test
    void makesHuntersWaitForTheNextQuarterOfAnHour() throws Exception {
        faults.everywhere().always(new Fault.HuntingQuotaSpent());

        var response = graph.hunt("{\"Query\": \"print 1\"}");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("450");
        assertThat(json(response).path("error").path("message").asString())
                .isEqualTo(
                        "You have exceeded processing resources allocated to this tenant. You can run queries again in"
                                + " 7 minutes.");
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(200);
    }

    @Test
    void canRefuseWithAnyError() throws Exception {
        faults.everywhere().next(1, new Fault.GraphError(403, "Forbidden", "No licence."));
        assertThat(graph.get("alerts_v2").statusCode()).isEqualTo(403);
    }

    @Test
    void refusesToSignInForAnyReason() throws Exception {
        for (var error : SignInError.values()) {
            faults.in(contoso.tenantId()).at(Endpoint.TOKEN).next(1, new Fault.SignInFailure(error));

            var response = signIn();

            assertThat(response.statusCode()).isEqualTo(error.status());
            assertThat(json(response).path("error_codes").path(0).asInt()).isEqualTo(error.code());
            assertThat(json(response).path("error_description").asString())
                    .startsWith("AADSTS" + error.code() + ": ")
                    .doesNotContain("%s", "null");
        }
    }

    @Test
    void throttlesSignInsInEntrasOwnWords() throws Exception {
        faults.at(Endpoint.TOKEN).next(1, new Fault.Throttled(new RetryAfter.Seconds(5)));
        faults.at(Endpoint.TOKEN).next(1, new Fault.ServerError(500, new RetryAfter.Absent()));

        var throttled = signIn();
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(json(throttled).path("error").asString()).isEqualTo("temporarily_unavailable");
        assertThat(throttled.headers().firstValue("Retry-After")).contains("5");
        assertThat(signIn().statusCode()).isEqualTo(500);
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fault\": \"nonsense\"}",
                "{\"fault\": \"signInFailure\", \"code\": 1}",
                "{\"fault\": \"throttled\", \"at\": [\"nowhere\"]}",
                "{\"fault\": \"throttled\", \"for\": \"five minutes\"}",
                "{\"fault\": \"throttled\", \"probability\": 2}",
                "{\"fault\": \"throttled\", \"tenant\": \"Contoso\"}",
            })
    void refusesOrdersThatMakeNoSense(String order) {
        assertThatThrownBy(() -> FaultOrder.place(Json.parse(order), faults))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(faults.plans()).isEmpty();
    }

    private HttpResponse<String> signIn() throws Exception {
        return caller.post(caller.tokenAddress(contoso.tenantId().toString()), signInForm(contoso));
    }
}
