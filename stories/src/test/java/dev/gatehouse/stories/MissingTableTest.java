package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.kql.Table;
import dev.gatehouse.kql.Table.Column;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Holdings;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant without one of the hunting tables is well, and gets the table's history as soon as there is one. */
class MissingTableTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String QUERIES = "IdentityQueryEvents";

    @Test
    void isToldFromAnErrorAndItsHistoryComesOnceItIsThere(@TempDir Path directory) {
        var now = Instant.now();
        var defender = new ScriptedDefender();
        for (var table : List.of("IdentityLogonEvents", "IdentityDirectoryEvents")) {
            defender.putTable(table, columns());
            putRow(defender, table, now.minusSeconds(60));
        }
        defender.putAlert(Written.alert("one", now.minusSeconds(60), now.minusSeconds(60)));
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withTenants(List.of("Contoso"))
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                        .withDefenders(DefenderSource.scripted(defender)));
                var gatehouse = Product.start(directory, simulator, "--gatehouse.poll.first-look-back=10d")) {
            var contoso = simulator.tenants().getFirst();
            var device = gatehouse.connect(contoso);
            var store = new Store(directory);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(gatehouse
                            .feed(device, "query-events")
                            .path("trouble")
                            .asString())
                    .isEqualTo("table_missing"));
            awaitThatAllIsStored(simulator, contoso, store);

            var missing = gatehouse.feed(device, "query-events");
            assertThat(missing.path("is_notice").asBoolean()).isTrue();
            assertThat(Instant.parse(missing.path("next_poll_at").asString()))
                    .as("probed again in a day")
                    .isBetween(
                            Instant.now().plus(Duration.ofHours(20)),
                            Instant.now().plus(Duration.ofHours(28)));
            assertThat(gatehouse
                            .get("/api/v2/security_devices/" + device)
                            .at("/data/attributes/status")
                            .asString())
                    .isEqualTo("healthy");

            // The product that fills it is deployed, with a history of some days.
            defender.putTable(QUERIES, columns());
            for (var day = 0; day < 9; day++) {
                putRow(defender, QUERIES, now.minus(Duration.ofDays(day)).minusSeconds(120));
            }
            gatehouse.call("POST", "/api/v2/security_devices/%s/poll".formatted(device), "");

            awaitThatAllIsStored(simulator, contoso, store);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(gatehouse
                            .feed(device, "query-events")
                            .path("trouble")
                            .asString(""))
                    .isEmpty());
        }
    }

    private static List<Column> columns() {
        return List.of(new Column("Timestamp", Table.Type.DATETIME), new Column("ReportId", Table.Type.STRING));
    }

    private static void putRow(ScriptedDefender defender, String table, Instant time) {
        defender.putRow(table, Map.of("Timestamp", time, "ReportId", table + time), Instant.MIN);
    }

    private static void awaitThatAllIsStored(Simulator simulator, SimulatedTenant tenant, Store store) {
        await().atMost(PATIENCE).untilAsserted(() -> Holdings.storedOf(tenant, store)
                .assertSameAs(Holdings.shownBy(tenant, simulator.clock().instant()), tenant.name()));
    }
}
