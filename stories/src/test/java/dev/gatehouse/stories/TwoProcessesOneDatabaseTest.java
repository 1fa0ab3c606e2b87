package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.stories.stage.OutsidePostgres;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes share the tenants of one database. Whatever happens to one of them, every version of every alert is
 * stored once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoProcessesOneDatabaseTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration STEP = Duration.ofMinutes(2);
    private static final int TENANTS = 4;

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults()
            .withTenants(TENANTS)
            // The cloud's time stands still except when the test moves it, so that what could be read is known.
            .withClock(new Truth.StandingClock(Instant.now()))
            .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
            .withDefenders(DefenderSource.companies(Pace.DEMO)));
    private final Truth truth = new Truth();

    private Path directory;
    private OutsidePostgres postgres;
    private Store store;
    private Product first;
    private Product second;

    @BeforeAll
    void startTwoOnOneDatabase(@TempDir Path temporary) throws IOException {
        directory = temporary;
        postgres = OutsidePostgres.start(directory.resolve("postgres"));
        store = postgres.store();
        truth.note(simulator);
        first = start("first");
        simulator.tenants().forEach(first::connect);
        Product.shareKeys(directory.resolve("first"), directory.resolve("second"));
        second = start("second");
    }

    private Product start(String name) {
        var flags = new ArrayList<>(List.of(postgres.flags()));
        flags.add(Product.SHORT_LEASE);
        return Product.start(directory.resolve(name), simulator, flags.toArray(String[]::new));
    }

    @BeforeEach
    void awaitThatBothShareTheTenants() {
        if (!second.isAlive()) {
            second = start("second");
        }
        awaitThatEachHolds(TENANTS / 2);
    }

    @AfterAll
    void stop() {
        second.kill();
        first.kill();
        postgres.close();
        simulator.close();
    }

    @Test
    void shareTheTenantsAndOneTakesOverWhenTheOtherIsKilled() {
        somethingHappens();
        awaitThatEverythingIsStoredOnce();

        second.kill();
        somethingHappens();

        await().atMost(PATIENCE).until(() -> first.held() == TENANTS);
        awaitThatEverythingIsStoredOnce();
        assertThat(first.get("/api/v2/processes").at("/data"))
                .extracting(process -> process.at("/attributes/alive").asBoolean())
                .contains(true, false);

        second = start("second");
        awaitThatEachHolds(TENANTS / 2);
        somethingHappens();
        awaitThatEverythingIsStoredOnce();
    }

    @Test
    void oneThatWasPausedPastItsLeaseStoresNothingForWhatTheOtherTookOver() throws IOException {
        somethingHappens();

        second.pause();
        await().atMost(PATIENCE).until(() -> first.held() == TENANTS);
        awaitThatEverythingIsStoredOnce();
        var epochs = postgres.number("select sum(epoch) from lease");
        somethingHappens();
        awaitThatEverythingIsStoredOnce();
        second.goOn();

        awaitThatEachHolds(TENANTS / 2);
        somethingHappens();
        awaitThatEverythingIsStoredOnce();
        // What it got back it got by a new lease, not by the one that had ended.
        assertThat(postgres.number("select sum(epoch) from lease")).isGreaterThanOrEqualTo(epochs + TENANTS / 2);
        assertThat(second.printed()).doesNotContain("Exception", "should not happen");
    }

    @Test
    void oneThatIsStoppedHandsItsTenantsOver() {
        var processes = postgres.number("select count(*) from process");

        second.close();

        assertThat(postgres.number("select count(*) from process"))
                .as("it gave back what it held and was not merely missed")
                .isEqualTo(processes - 1);
        await().atMost(PATIENCE).until(() -> first.held() == TENANTS);
        somethingHappens();
        awaitThatEverythingIsStoredOnce();
    }

    private void somethingHappens() {
        simulator.clock().advance(STEP);
        truth.note(simulator);
    }

    private void awaitThatEachHolds(int devices) {
        await().atMost(PATIENCE).until(() -> first.held() == devices && second.held() == devices);
    }

    private void awaitThatEverythingIsStoredOnce() {
        for (SimulatedTenant tenant : simulator.tenants()) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> assertThat(
                            store.alertVersions(tenant.tenantId()))
                    .as(tenant.name())
                    .containsExactlyInAnyOrderElementsOf(truth.of(tenant)));
            assertThat(store.alertVersionCount(tenant.tenantId()))
                    .as(tenant.name())
                    .isEqualTo(truth.of(tenant).size());
        }
    }
}
