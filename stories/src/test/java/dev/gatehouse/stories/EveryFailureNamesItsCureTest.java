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
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.stories.stage.Product;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever breaks at the customer or at Microsoft becomes a state with a cause and a cure, nothing is lost meanwhile, and
 * once it is cured the device recovers without anybody touching Gatehouse.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryFailureNamesItsCureTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Simulator simulator;
    private Product gatehouse;
    private int tenants;

    @BeforeAll
    void setTheStage(@TempDir Path directory) {
        // Polling by hand, many times a minute, must not make throttling one more failure.
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withDefenders(DefenderSource.companies(Pace.REAL))
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(100_000, 100_000)));
        gatehouse = Product.start(directory, simulator);
    }

    @AfterAll
    void clearTheStage() {
        gatehouse.close();
        simulator.close();
    }

    /** What breaks, how it is broken and cured, the state that it shows as, and words of the cause or the cure. */
    Stream<Arguments> failures() {
        return Stream.of(
                failure(
                        "an expired secret",
                        "secret_expired",
                        "new client secret",
                        (tenant, broken) -> tenant.application()
                                .moveSecretsEnd(
                                        broken
                                                ? Instant.now().minusSeconds(60)
                                                : Instant.now().plus(Duration.ofDays(9)))),
                failure(
                        "a disabled application",
                        "application_disabled",
                        "enable",
                        (tenant, broken) -> tenant.application().disable(broken)),
                failure("a missing service principal", "bad_application", "", (tenant, broken) -> tenant.application()
                        .removeServicePrincipal(broken)),
                failure(
                        "Conditional Access",
                        "blocked_by_policy",
                        "Conditional Access",
                        (tenant, broken) -> tenant.application().blockByConditionalAccess(broken)),
                failure("missing consent", "consent_missing", "admin consent", (tenant, broken) -> {
                    if (broken) {
                        SimulatedTenant.CONSENTED.forEach(tenant.application()::revoke);
                    } else {
                        tenant.application().grant(SimulatedTenant.CONSENTED);
                    }
                }),
                failure("one missing permission", "permission_missing", "ThreatHunting.Read.All", (tenant, broken) -> {
                    if (broken) {
                        tenant.application().revoke("ThreatHunting.Read.All");
                    } else {
                        tenant.application().grant(SimulatedTenant.CONSENTED);
                    }
                }),
                fault("throttling", "throttled", new Fault.Throttled(new RetryAfter.Seconds(1))),
                fault(
                        "an error of Microsoft's",
                        "microsoft_error",
                        new Fault.ServerError(500, new RetryAfter.Absent())),
                fault("a page that is not JSON", "unreadable_answer", new Fault.NotJson()),
                fault("a page of a proxy", "unreadable_answer", new Fault.HtmlPage(200)),
                fault("an answer that breaks off", "", new Fault.CutOff()),
                fault("broken compression", "", new Fault.BrokenGzip()),
                fault("an incomplete answer", "", new Fault.Incomplete()),
                fault(
                        "a link to another host",
                        "foreign_link",
                        new Fault.ForeignNextLink(
                                URI.create("https://graph.attacker.example/v1.0/security/alerts_v2"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void namesTheCauseAndTheCureAndRecoversByItself(
            String what, String state, String words, BiConsumer<SimulatedTenant, Boolean> lever) {
        var tenant = tenant();
        lever.accept(tenant, true);
        var device = gatehouse.connect(tenant);
        var troubled = awaitTrouble(device);

        assertThat(troubled.path("cause").asString()).isNotBlank();
        assertThat(troubled.path("cure").asString()).isNotBlank();
        assertThat(troubled.path("trouble").asString()).contains(state);
        assertThat(troubled.path("cause").asString() + troubled.path("cure").asString())
                .containsIgnoringCase(words);

        lever.accept(tenant, false);
        awaitHealthy(device);
        awaitAlerts(device);
        assertThat(gatehouse.printed()).doesNotContain(tenant.clientSecret());
        gatehouse.call("DELETE", "/api/v2/security_devices/" + device, "");
    }

    @Test
    void refusesASecondDeviceForTheSameDirectoryAndNamesTheFirst() {
        var tenant = tenant();
        var device = gatehouse.connect(tenant);

        var answer = gatehouse.call("POST", "/api/v2/security_devices", Product.device(tenant, tenant.clientSecret()));

        assertThat(answer.status()).isIn(409, 422, 400);
        assertThat(answer.body().toString())
                .contains("directory_id")
                .contains("already")
                .contains(tenant.name());
        gatehouse.call("DELETE", "/api/v2/security_devices/" + device, "");
    }

    @Test
    void showsAClockThatIsWrongAndGoesOnCollecting() {
        var tenant = tenant();
        simulator.faults().in(tenant.tenantId()).always(new Fault.WrongDate(Duration.ofHours(3)));
        var device = gatehouse.connect(tenant);

        var troubled = awaitTrouble(device);

        assertThat(troubled.path("trouble").asString()).isEqualTo("clock_skew");
        awaitAlerts(device);
        simulator.faults().clear();
        gatehouse.call("DELETE", "/api/v2/security_devices/" + device, "");
    }

    @Test
    void keepsARecordThatNobodyUnderstandsAndCountsIt() {
        var tenant = tenant();
        simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS).next(1, new Fault.MalformedRecord());
        var device = gatehouse.connect(tenant);

        await().atMost(PATIENCE)
                .until(() -> gatehouse.feed(device, "alerts").path("unreadable").asLong() == 1);
        awaitHealthy(device);
        gatehouse.call("DELETE", "/api/v2/security_devices/" + device, "");
    }

    @Test
    void takesARecordFromTheFutureInItsStride() {
        var tenant = tenant();
        simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS).next(1, new Fault.FutureRecord());
        var device = gatehouse.connect(tenant);

        awaitHealthy(device);
        awaitAlerts(device);
        assertThat(gatehouse.feed(device, "alerts").path("unreadable").asLong()).isZero();
        gatehouse.call("DELETE", "/api/v2/security_devices/" + device, "");
    }

    private SimulatedTenant tenant() {
        tenants++;
        return simulator.addTenant("Tenant %d".formatted(tenants));
    }

    private static Arguments failure(
            String what, String state, String words, BiConsumer<SimulatedTenant, Boolean> lever) {
        return Arguments.of(what, state, words, lever);
    }

    private Arguments fault(String what, String state, Fault fault) {
        return failure(what, state, "", (tenant, broken) -> {
            if (broken) {
                simulator
                        .faults()
                        .in(tenant.tenantId())
                        .at(Endpoint.ALERTS, Endpoint.INCIDENTS)
                        .always(fault);
            } else {
                simulator.faults().clear();
            }
        });
    }

    private JsonNode awaitTrouble(String device) {
        await().atMost(PATIENCE).until(() -> troubledFeed(device).isPresent());
        return troubledFeed(device).orElseThrow();
    }

    private Optional<JsonNode> troubledFeed(String device) {
        poll(device);
        return feeds(device)
                .filter(feed -> !feed.path("trouble").isNull()
                        && !feed.path("is_notice").asBoolean())
                .findFirst()
                .or(() -> feeds(device)
                        .filter(feed -> !feed.path("trouble").isNull())
                        .findFirst());
    }

    private void awaitHealthy(String device) {
        await().atMost(PATIENCE).until(() -> {
            poll(device);
            return feeds(device)
                    .allMatch(feed -> feed.path("trouble").isNull()
                            && !feed.path("last_success_at").isNull());
        });
    }

    /** "Poll now", so that nobody has to wait for a back-off of minutes. */
    private void poll(String device) {
        gatehouse.call("POST", "/api/v2/security_devices/" + device + "/poll", "");
    }

    /** The history comes by itself behind the first poll. */
    private void awaitAlerts(String device) {
        await().atMost(PATIENCE)
                .until(() -> gatehouse
                                .get("/api/v2/vendor_alerts?filter%5Bsecurity_device%5D%5Bid%5D=" + device)
                                .at("/meta/page/total")
                                .asLong()
                        > 0);
    }

    private Stream<JsonNode> feeds(String device) {
        return gatehouse
                .get("/api/v2/security_devices/" + device)
                .at("/data/attributes/feeds")
                .valueStream();
    }
}
