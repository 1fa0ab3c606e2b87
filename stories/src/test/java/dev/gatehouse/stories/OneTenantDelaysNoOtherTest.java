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
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with some tenants, the others are read on as if nothing were. */
class OneTenantDelaysNoOtherTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration STEP = Duration.ofMinutes(2);

    @Test
    void readsAWellTenantWhileOthersAreThrottledExpiredSilentOrPoisoned(@TempDir Path directory) {
        var truth = new Truth();
        var never = new CountDownLatch(1);
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withTenants(List.of("Throttled", "Expired", "Silent", "Poisoned", "Well"))
                        .withClock(new Truth.StandingClock(Instant.now()))
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                        .withDefenders(DefenderSource.companies(Pace.DEMO)));
                // So few requests at once that one greedy tenant would leave none for the others.
                var gatehouse = Product.start(
                        directory,
                        simulator,
                        "--gatehouse.http.requests-at-once=5",
                        "--gatehouse.http.read-timeout=5s")) {
            var tenants = simulator.tenants();
            truth.note(simulator);
            var throttled = tenants.get(0);
            var expired = tenants.get(1);
            var silent = tenants.get(2);
            var poisoned = tenants.get(3);
            var well = tenants.get(4);
            simulator
                    .faults()
                    .in(throttled.tenantId())
                    .at(Endpoint.ALERTS, Endpoint.INCIDENTS, Endpoint.HUNTING)
                    .always(new Fault.Throttled(new RetryAfter.Seconds(1)));
            expired.application().moveSecretsEnd(simulator.clock().instant().minus(Duration.ofDays(1)));
            simulator
                    .faults()
                    .in(silent.tenantId())
                    .at(Endpoint.ALERTS, Endpoint.INCIDENTS, Endpoint.HUNTING)
                    .always(new Fault.Held(never));
            simulator
                    .faults()
                    .in(poisoned.tenantId())
                    .at(Endpoint.ALERTS, Endpoint.INCIDENTS, Endpoint.HUNTING)
                    .always(new Fault.BrokenGzip());
            try {
                // The troubled ones first, so that they have taken what they can get.
                tenants.forEach(gatehouse::connect);
                var store = new Store(directory);

                awaitThatEverythingIsStored(store, truth, well);
                for (var step = 0; step < 3; step++) {
                    simulator.clock().advance(STEP);
                    truth.note(simulator);
                    awaitThatEverythingIsStored(store, truth, well);
                }

                for (var troubled : List.of(throttled, expired, silent)) {
                    assertThat(store.alertVersionCount(troubled.tenantId()))
                            .as(troubled.name())
                            .isZero();
                }
            } finally {
                // Or the pretend cloud would wait for its answers when it ends.
                never.countDown();
            }
        }
    }

    private static void awaitThatEverythingIsStored(Store store, Truth truth, SimulatedTenant tenant) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> assertThat(
                        store.alertVersions(tenant.tenantId()))
                .as(tenant.name())
                .containsExactlyInAnyOrderElementsOf(truth.of(tenant)));
    }
}
