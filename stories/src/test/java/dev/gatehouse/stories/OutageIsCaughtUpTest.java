package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.faults.Fault;
import dev.gatehouse.simulator.faults.RetryAfter;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft cannot be reached for hours or days. What became readable meanwhile is there soon after, once. */
class OutageIsCaughtUpTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @ParameterizedTest
    @ValueSource(strings = {"PT6H", "P6D"})
    void readsWhatBecameReadableDuringTheOutage(Duration outage, @TempDir Path directory) {
        var truth = new Truth();
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withTenants(1)
                        .withClock(new Truth.StandingClock(Instant.now()))
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                        .withDefenders(DefenderSource.companies(Pace.REAL)));
                var gatehouse = Product.start(directory, simulator, "--gatehouse.poll.page-size.alerts=10")) {
            var tenant = simulator.tenants().getFirst();
            var store = new Store(directory);
            truth.note(simulator);
            var device = gatehouse.connect(tenant);
            awaitThatEverythingIsStoredOnce(store, truth, tenant);
            var before = readUpTo(gatehouse, device);

            simulator.faults().everywhere().always(new Fault.ServerError(503, new RetryAfter.Absent()));
            await().atMost(PATIENCE).until(() -> statusOf(gatehouse, device).equals("unhealthy"));
            simulator.clock().advance(outage);
            truth.note(simulator);
            assertThat(readUpTo(gatehouse, device))
                    .as("a checkpoint does not move over what could not be read")
                    .isEqualTo(before);
            simulator.faults().clear();
            gatehouse.call("POST", "/api/v2/security_devices/" + device + "/poll", "");

            awaitThatEverythingIsStoredOnce(store, truth, tenant);
            await().atMost(PATIENCE).until(() -> !readUpTo(gatehouse, device).isBefore(before.plus(outage)));
        }
    }

    private static String statusOf(Product gatehouse, String device) {
        return gatehouse
                .get("/api/v2/security_devices/" + device)
                .at("/data/attributes/status")
                .asString();
    }

    private static Instant readUpTo(Product gatehouse, String device) {
        for (var feed : gatehouse.get("/api/v2/security_devices/" + device).at("/data/attributes/feeds")) {
            if (feed.path("feed").asString().equals("alerts")) {
                return Instant.parse(feed.path("watermark").asString());
            }
        }
        throw new IllegalStateException("The device has no feed of alerts");
    }

    private static void awaitThatEverythingIsStoredOnce(Store store, Truth truth, SimulatedTenant tenant) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> assertThat(
                        store.alertVersions(tenant.tenantId()))
                .containsExactlyInAnyOrderElementsOf(truth.of(tenant)));
        assertThat(store.alertVersionCount(tenant.tenantId()))
                .isEqualTo(truth.of(tenant).size());
    }
}
