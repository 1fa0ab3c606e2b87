package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.faults.Endpoint;
import dev.gatehouse.simulator.faults.Fault;
import dev.gatehouse.simulator.faults.RetryAfter;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers that are too big, too slow or spoilt stop no feed: less is asked for, and what cannot be read at all stands alone
 * in quarantine until it can be. Memory stays bounded by the page: the product runs with little of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BigAndBrokenAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Five times the largest page. */
    private static final String HEAP = "256m";

    /** What the records are dated after: recent enough for the first poll. */
    private final Instant base = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(4));

    private Simulator simulator;
    private Product gatehouse;
    private Path directory;
    private int tenants;

    @BeforeAll
    void setTheStage(@TempDir Path temporary) {
        directory = temporary;
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withDefenders(DefenderSource.quiet())
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(100_000, 100_000)));
        gatehouse = Product.startWithHeap(
                HEAP,
                temporary,
                simulator,
                "--gatehouse.poll.first-look-back=1m",
                "--gatehouse.poll.page-size.alerts=500",
                "--gatehouse.poll.quarantine-after=2",
                "--gatehouse.http.max-page-bytes=64MB");
    }

    @AfterAll
    void clearTheStage() {
        gatehouse.close();
        simulator.close();
    }

    @Test
    void readsIncidentsAndTheirAlertsThoughMicrosoftCannotExpandThem() {
        simulator.faults().at(Endpoint.INCIDENTS).always(new Fault.ExpandFails());
        var story = new ScriptedDefender();
        story.putAlert(alert("joined", base).put("incidentId", "17"));
        story.putIncident(Json.object()
                .put("id", "17")
                .put("displayName", "Multi-stage incident")
                .put("severity", "high")
                .put("status", "active")
                .put("createdDateTime", base.toString())
                .put("lastUpdateDateTime", base.toString()));
        var tenant = tenant(story);
        gatehouse.connect(tenant);

        awaitAlerts(tenant, 1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(new Store(directory).incidents(tenant.tenantId()))
                .containsExactly(Store.version("17", base)));
        assertThat(gatehouse
                        .get("/api/v2/vendor_alerts?flag%5Bsearch%5D=joined")
                        .at("/data/0/attributes")
                        .toString())
                .contains("\"17\"");
    }

    @Test
    void passesOverASpoiltRecordShowsItAndReadsItOnceItIsCured() {
        var story = defender(12);
        var tenant = tenant(story);
        var spoilt = simulator
                .faults()
                .in(tenant.tenantId())
                .at(Endpoint.ALERTS)
                .always(new Fault.SpoiltRecord(base.plusSeconds(6 * 5), 500));
        var device = gatehouse.connect(tenant);

        awaitAlerts(tenant, 11);
        var owed = awaitOwed(device, 1).getFirst();
        awaitHealthy(device);

        assertThat(owed.path("attributes").path("feed").asString()).isEqualTo("alerts");
        assertThat(owed.path("attributes").path("http_status").asInt()).isEqualTo(500);
        assertThat(owed.path("attributes").path("request_id").asString()).isNotBlank();
        assertThat(owed.path("attributes").path("cause").asString()).isNotBlank();
        assertThat(owed.path("attributes").path("cure").asString()).isNotBlank();
        assertThat(Instant.parse(owed.path("attributes").path("from").asString()))
                .isBeforeOrEqualTo(base.plusSeconds(30));
        assertThat(Instant.parse(owed.path("attributes").path("to").asString())).isAfter(base.plusSeconds(30));
        assertThat(device(device).path("status_details").path("message").asString())
                .contains("quarantine");

        spoilt.stop();
        gatehouse.call("POST", "/api/v2/quarantined_windows/" + owed.path("id").asString() + "/retry", "{}");

        awaitAlerts(tenant, 12);
        awaitOwed(device, 0);
        assertThat(windows(device, "read")).hasSize(1);
    }

    @Test
    void passesOverAWindowThatAlwaysTimesOut() {
        var story = defender(12);
        var tenant = tenant(story);
        simulator
                .faults()
                .in(tenant.tenantId())
                .at(Endpoint.ALERTS)
                .always(new Fault.SpoiltWindow(base.plusSeconds(31), base.plusSeconds(33), 504));
        var device = gatehouse.connect(tenant);

        await().atMost(PATIENCE).until(() -> !windows(device, "owed").isEmpty());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(new Store(directory).alerts(tenant.tenantId()))
                .isGreaterThanOrEqualTo(11));
        awaitHealthy(device);
    }

    @Test
    void passesNothingOverInAnOutageAndCatchesUpBehindIt() {
        var story = defender(12);
        var tenant = tenant(story);
        var device = gatehouse.connect(tenant);
        awaitAlerts(tenant, 12);
        var outage =
                simulator.faults().in(tenant.tenantId()).always(new Fault.ServerError(500, new RetryAfter.Absent()));
        story.putAlert(alert("during the outage", Instant.now().truncatedTo(ChronoUnit.MILLIS)));

        await().atMost(PATIENCE)
                .until(() -> gatehouse.feed(device, "alerts").path("failures").asInt() >= 5);
        assertThat(windows(device, "owed")).isEmpty();
        outage.stop();
        gatehouse.call("POST", "/api/v2/security_devices/" + device + "/poll", "");

        awaitAlerts(tenant, 13);
        awaitHealthy(device);
        assertThat(windows(device, "owed")).isEmpty();
    }

    @Test
    void takesAPageOfFiftyMegabytesAndAsksForLessWhenItIsLarger() {
        var story = defender(500);
        var tenant = tenant(story);
        // 500 alerts of 100 KiB are a page of 50 MB.
        var padded =
                simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS).always(new Fault.Padded(100 * 1024));
        var device = gatehouse.connect(tenant);

        awaitAlerts(tenant, 500);
        awaitHealthy(device);
        assertThat(windows(device, "owed")).isEmpty();
        assertThat(ledger(device))
                .anyMatch(row -> row.path("attributes").path("bytes").asLong() > 50_000_000);

        padded.stop();
        simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS).always(new Fault.Padded(256 * 1024));
        story.putAlert(alert("larger than a page may be", Instant.now().truncatedTo(ChronoUnit.MILLIS)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(gatehouse
                        .get("/api/v2/vendor_alerts?flag%5Bsearch%5D=larger&page%5Blimit%5D=0")
                        .at("/meta/page/total")
                        .asInt())
                .isEqualTo(1));
        assertThat(windows(device, "owed")).isEmpty();
        gatehouse.call("DELETE", "/api/v2/security_devices/" + device, "");
    }

    @Test
    void losesNothingWhenAnswersBreakOffOrCannotBeUnpacked() {
        var story = defender(40);
        var tenant = tenant(story);
        var faults = simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS);
        faults.next(2, new Fault.CutOff());
        faults.next(2, new Fault.BrokenGzip());
        faults.next(2, new Fault.NotJson());
        var device = gatehouse.connect(tenant);

        awaitAlerts(tenant, 40);
        awaitHealthy(device);
        assertThat(windows(device, "owed")).isEmpty();
        assertThat(gatehouse.feed(device, "alerts").path("unreadable").asLong()).isZero();
    }

    private ScriptedDefender defender(int alerts) {
        var story = new ScriptedDefender();
        IntStream.range(0, alerts)
                .forEach(
                        at -> story.putAlert(alert("a%04d".formatted(at), base.plusMillis(at * 5_000L * 12 / alerts))));
        return story;
    }

    private static ObjectNode alert(String id, Instant time) {
        return Json.object()
                .put("id", id)
                .put("title", id)
                .put("severity", "high")
                .put("status", "new")
                .put("serviceSource", "microsoftDefenderForIdentity")
                .put("detectionSource", "microsoftDefenderForIdentity")
                .put("createdDateTime", time.toString())
                .put("lastUpdateDateTime", time.toString());
    }

    private SimulatedTenant tenant(ScriptedDefender story) {
        tenants++;
        return simulator.addTenant("Tenant %d".formatted(tenants), DefenderSource.scripted(story));
    }

    private void awaitAlerts(SimulatedTenant tenant, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(new Store(directory).alerts(tenant.tenantId()))
                .as(() -> "alerts stored of %s; printed:%n%s".formatted(tenant.name(), gatehouse.printed()))
                .isEqualTo(count));
    }

    private List<JsonNode> awaitOwed(String device, int count) {
        await().atMost(PATIENCE).until(() -> windows(device, "owed").size() == count);
        return windows(device, "owed");
    }

    private void awaitHealthy(String device) {
        await().atMost(PATIENCE)
                .until(() -> device(device).path("status").asString().equals("healthy"));
    }

    private JsonNode device(String device) {
        return gatehouse.get("/api/v2/security_devices/" + device).at("/data/attributes");
    }

    private List<JsonNode> windows(String device, String state) {
        return list("quarantined_windows", "filter[security_device][id]=" + device + "&filter[state]=" + state);
    }

    private List<JsonNode> ledger(String device) {
        return list("poll_windows", "filter[security_device][id]=" + device + "&filter[feed]=alerts");
    }

    private List<JsonNode> list(String type, String query) {
        var address = "/api/v2/%s?%s&page[limit]=200"
                .formatted(type, query)
                .replace("[", "%5B")
                .replace("]", "%5D");
        return gatehouse.get(address).path("data").valueStream().toList();
    }
}
