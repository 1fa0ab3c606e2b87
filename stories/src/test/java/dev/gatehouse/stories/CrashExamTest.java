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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The product is killed again and again at random moments, while Microsoft throttles, fails and cuts its answers off. At
 * the end every version of every alert that could be read is in the store, once.
 *
 * <p>Repeat a run, or make it longer:
 *
 * <pre>./gatehouse test -pl stories -am -Dtest=CrashExamTest -Dexam.seed=7 -Dexam.rounds=100 -Dexam.tenants=50</pre>
 *
 * <p>The pretend cloud's time stands still except when a round moves it, so that what could be read is known exactly:
 * whatever it shows after each move. A version that is overtaken between two moves was never readable.
 */
class CrashExamTest {

    private static final Duration STEP = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int LONGEST_LIFE_MILLIS = 1_500;

    private final long seed = Long.getLong("exam.seed", System.nanoTime());
    private final int rounds = Integer.getInteger("exam.rounds", 3);
    private final int tenants = Integer.getInteger("exam.tenants", 10);

    private final Random random = new Random(seed);
    private final Map<UUID, Set<String>> truth = new HashMap<>();

    @Test
    void losesNothingAndRepeatsNothingHoweverOftenItIsKilled(@TempDir Path directory) throws InterruptedException {
        System.out.printf("Crash exam: -Dexam.seed=%d -Dexam.rounds=%d -Dexam.tenants=%d%n", seed, rounds, tenants);
        var start = Instant.now();
        var time = new StandingClock(start);
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                .withSeed(seed)
                .withTenants(tenants)
                .withClock(time)
                // Counted by a clock that stands still, a limit a minute would never be lifted.
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                .withDefenders(DefenderSource.companies(Pace.DEMO)))) {
            var product = start(directory, simulator);
            for (var tenant : simulator.tenants()) {
                product.connect(tenant);
            }
            trouble(simulator);
            for (var round = 0; round < rounds; round++) {
                simulator.clock().advance(STEP);
                note(simulator);
                live(random.nextInt(LONGEST_LIFE_MILLIS));
                product.kill();
                product = start(directory, simulator);
                awaitThatNothingIsMissing(directory, simulator, round);
            }
            simulator.faults().clear();
            product.close();
            product = start(directory, simulator);
            awaitThatNothingIsMissing(directory, simulator, rounds);
            product.close();
        }
    }

    private Product start(Path directory, Simulator simulator) {
        return Product.start(directory, simulator, "--gatehouse.http.read-timeout=5s");
    }

    /** Seeded, everywhere and for the whole exam. */
    private static void trouble(Simulator simulator) {
        var faults = simulator.faults().at(Endpoint.ALERTS, Endpoint.INCIDENTS, Endpoint.HUNTING);
        faults.sometimes(0.04, new Fault.Throttled(new RetryAfter.Seconds(1)));
        faults.sometimes(0.04, new Fault.ServerError(500, new RetryAfter.Absent()));
        faults.sometimes(0.03, new Fault.CutOff());
        faults.sometimes(0.03, new Fault.Reset());
        faults.sometimes(0.02, new Fault.NotJson());
        faults.sometimes(0.02, new Fault.BrokenGzip());
    }

    /** Remembers what can be read now. */
    private void note(Simulator simulator) {
        var now = simulator.clock().instant();
        for (var tenant : simulator.tenants()) {
            truth.computeIfAbsent(tenant.tenantId(), id -> new HashSet<>())
                    .addAll(versions(tenant.defender().alerts(now)));
        }
    }

    private static List<String> versions(List<ObjectNode> records) {
        return records.stream()
                .filter(CrashExamTest::isFromDefenderForIdentity)
                .map(record -> Store.version(
                        record.get("id").asString(),
                        Instant.parse(record.get("lastUpdateDateTime").asString())))
                .toList();
    }

    private static boolean isFromDefenderForIdentity(ObjectNode alert) {
        return "microsoftDefenderForIdentity".equals(alert.path("serviceSource").asString())
                || "microsoftDefenderForIdentity"
                        .equals(alert.path("detectionSource").asString());
    }

    /** Random moments are what this exam is about; nothing is concluded from how long this takes. */
    private static void live(int millis) throws InterruptedException {
        var never = new CountDownLatch(1);
        assertThat(never.await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    private void awaitThatNothingIsMissing(Path directory, Simulator simulator, int round) {
        var store = new Store(directory);
        for (var tenant : simulator.tenants()) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> assertThat(
                            missing(store, tenant))
                    .as("missing at %s after round %d, seed %d", tenant.name(), round, seed)
                    .isEmpty());
            assertThat(store.alertVersions(tenant.tenantId()))
                    .as("stored at %s but never readable, round %d, seed %d", tenant.name(), round, seed)
                    .isSubsetOf(truth.getOrDefault(tenant.tenantId(), Set.of()));
            assertThat(store.alertVersionCount(tenant.tenantId()))
                    .as("versions stored at %s, round %d, seed %d", tenant.name(), round, seed)
                    .isEqualTo(truth.getOrDefault(tenant.tenantId(), Set.of()).size());
        }
    }

    private Optional<Set<String>> missing(Store store, SimulatedTenant tenant) {
        var missing = new HashSet<>(truth.getOrDefault(tenant.tenantId(), Set.of()));
        missing.removeAll(store.alertVersions(tenant.tenantId()));
        return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
    }

    /** A source of time that stands still; the simulator's own clock adds the moves. */
    private record StandingClock(Instant instant) implements InstantSource {}
}
