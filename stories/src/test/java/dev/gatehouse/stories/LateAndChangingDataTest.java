package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.kql.Table;
import dev.gatehouse.kql.Table.Column;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.faults.Endpoint;
import dev.gatehouse.simulator.faults.Fault;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.graph.GraphBehaviour.Listing;
import dev.gatehouse.simulator.graph.GraphBehaviour.Paging;
import dev.gatehouse.simulator.world.Defender;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Holdings;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * However late records become readable, and however they move while they are read: each version that Microsoft has shown
 * is stored, once. One product reads all; each case is a tenant of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateAndChangingDataTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PAGE = 20;
    private static final String LOGONS = "IdentityLogonEvents";

    private Simulator simulator;
    private Product gatehouse;
    private Store store;

    @BeforeAll
    void setTheStage(@TempDir Path directory) {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(List.of())
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
        gatehouse = Product.start(
                directory,
                simulator,
                "--gatehouse.poll.page-size.alerts=" + PAGE,
                "--gatehouse.poll.page-size.incidents=" + PAGE,
                "--gatehouse.poll.page-size.hunting-rows=" + PAGE,
                "--gatehouse.poll.hunting-interval=1s",
                "--gatehouse.poll.second-look-interval=1s",
                "--gatehouse.poll.first-look-back=4d",
                // Comparing heals. Polling has to be complete without it.
                "--gatehouse.reconcile.first-after=30d",
                "--gatehouse.reconcile.again-after=30d");
        store = new Store(directory);
    }

    @AfterAll
    void clearTheStage() {
        gatehouse.close();
        simulator.close();
    }

    @Test
    void findsWhatBecomesReadableMinutesAndHoursLate() {
        var defender = new ScriptedDefender();
        defender.putTable(LOGONS, List.of(new Column("Timestamp", Table.Type.DATETIME), text("ReportId")));
        putAll(defender, "punctual", now().minusSeconds(60));
        var late = connect("Late", defender);
        awaitThatAllIsStored(late);

        for (var behind : List.of(Duration.ofMinutes(7), Duration.ofHours(3), Duration.ofHours(20))) {
            putAll(defender, "late by " + behind, now().minus(behind));
            awaitThatAllIsStored(late);
        }

        assertThat(gatehouse
                        .get("/api/v2/poll_windows?filter[purpose]=second_look&page[limit]=200&filter[to]="
                                + now().minus(Duration.ofMinutes(1)))
                        .at("/data")
                        .valueStream()
                        .mapToInt(window -> window.at("/attributes/new_records").asInt()))
                .as("records that the second look found")
                .anyMatch(found -> found > 0);
    }

    @Test
    void findsALateVersionThatIsOlderThanOneItHas() {
        var defender = new ScriptedDefender();
        defender.putAlert(Written.alert("a", now().minusSeconds(600), now().minusSeconds(60)));
        var tenant = connect("Older", defender);
        awaitThatAllIsStored(tenant);
        var newest = store.alertVersions(tenant.tenantId());

        // As one of Microsoft's servers answers that has not heard of the latest change yet.
        defender.putAlert(Written.alert("a", now().minusSeconds(600), now().minusSeconds(120)));
        awaitThatAllIsStored(tenant);

        assertThat(store.currentAlerts(tenant.tenantId())).containsExactlyElementsOf(newest);
    }

    @Test
    void readsEqualTimestampsAcrossPageEdges() {
        var tie = now().minusSeconds(300);
        var tenants = behaviours()
                .map(behaviour -> {
                    var defender = new ScriptedDefender();
                    put(defender, "before", 15, tie.minusSeconds(30));
                    put(defender, "tied", 3 * PAGE + 5, tie);
                    put(defender, "after", 15, tie.plusSeconds(30));
                    IntStream.range(0, 2 * PAGE + 1)
                            .forEach(i -> defender.putIncident(Written.incident(Integer.toString(i), "Tied", tie, "")));
                    return connect("Ties, " + behaviour, defender, behaviour);
                })
                .toList();

        tenants.forEach(this::awaitThatAllIsStored);
    }

    @Test
    void losesNoRecordThatMovesFromPageToPageWhileItReads() {
        var restless = new LinkedHashMap<SimulatedTenant, RestlessDefender>();
        behaviours().forEach(behaviour -> {
            // Where only the history of a new device leads, so that no later poll finds by chance what was lost.
            var defender = new RestlessDefender(now().minus(Duration.ofDays(3)));
            restless.put(connect("Restless, " + behaviour, defender, behaviour), defender);
        });

        restless.forEach((tenant, defender) -> {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
                assertThat(defender.hasComeToRest()).isTrue();
                assertThat(Holdings.storedOf(tenant, store).alerts())
                        .as(tenant.name())
                        .doesNotHaveDuplicates()
                        .containsAll(defender.owed());
            });
            assertThat(Holdings.storedOf(tenant, store).alerts())
                    .isSubsetOf(Holdings.shownBy(tenant, now()).alerts());
        });
    }

    /** How a Graph may list. */
    private record Behaviour(Listing listing, Paging paging) {
        @Override
        public String toString() {
            return "%s, links by %s".formatted(listing, paging);
        }
    }

    private static Stream<Behaviour> behaviours() {
        return Stream.of(Listing.values())
                .flatMap(listing -> Stream.of(Paging.values()).map(paging -> new Behaviour(listing, paging)));
    }

    @Test
    void tellsTimestampsApartToTheirSeventhDigit() {
        var defender = new ScriptedDefender();
        var second = now().minusSeconds(300);
        // A page's edge falls between two neighbours of the seventh digit, whatever the page's size.
        IntStream.range(0, 3 * PAGE)
                .forEach(i -> defender.putAlert(
                        Written.alert("tick-" + i, second, second.plusNanos(999_999_000 + i * 100L))));
        Stream.of("Z", ".1Z", ".12Z", ".123Z", ".1234Z", ".12345Z", ".123456Z", ".1234567Z", ".0000001Z", ".9999999Z")
                .forEach(fraction -> {
                    var alert = Written.alert("fraction-" + fraction, second, second);
                    defender.putAlert(alert.put(
                            "lastUpdateDateTime",
                            second.plusSeconds(60).toString().replace("Z", fraction)));
                });

        awaitThatAllIsStored(connect("Fractions", defender));
    }

    @Test
    void startsAWindowAgainWhenItsLinkHasExpired() {
        // Time cannot cut what shares one time, so that links are followed.
        var defender = new ScriptedDefender();
        put(defender, "tied", 3 * PAGE, now().minusSeconds(60));
        var tenant = simulator.addTenant("Expired links", DefenderSource.scripted(defender));
        var plan = simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS).next(3, new Fault.LinkExpired());
        gatehouse.connect(tenant);

        awaitThatAllIsStored(tenant);
        await().atMost(PATIENCE).until(() -> plan.strikes() == 3);
    }

    @Test
    void goesOnPastPagesThatLinkInACircle() {
        var defender = new ScriptedDefender();
        put(defender, "before", 1, now().minusSeconds(90));
        put(defender, "tied", 2 * PAGE + 3, now().minusSeconds(60));
        var tenant = simulator.addTenant("Circles", DefenderSource.scripted(defender));
        var plan = simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS).always(new Fault.LinksInACircle());
        gatehouse.connect(tenant);

        await().atMost(PATIENCE).until(() -> plan.strikes() > 0);
        put(defender, "newer", 1, now());
        awaitThatAllIsStored(tenant);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        gatehouse.get("/api/v2/quarantined_windows").toString())
                .contains("paging_failed"));
        plan.stop();
    }

    @Test
    void needsNoLinksWhereTimeCanCut() {
        var tenant = tenantOfMany("No links");
        var plan = simulator.faults().in(tenant.tenantId()).at(Endpoint.ALERTS).always(new Fault.LinkExpired());
        gatehouse.connect(tenant);

        awaitThatAllIsStored(tenant);
        assertThat(plan.strikes()).isZero();
        plan.stop();
    }

    @Test
    void goesOnBehindAnEmptyPageThatHasALink() {
        var tenant = tenantOfMany("Empty pages");
        var plan = simulator
                .faults()
                .in(tenant.tenantId())
                .at(Endpoint.ALERTS, Endpoint.INCIDENTS)
                .always(new Fault.EmptyPage());
        gatehouse.connect(tenant);

        awaitThatAllIsStored(tenant);
        assertThat(plan.strikes()).isPositive();
        plan.stop();
    }

    private SimulatedTenant tenantOfMany(String name) {
        var defender = new ScriptedDefender();
        var now = now();
        IntStream.range(0, 3 * PAGE + 7)
                .forEach(i -> defender.putAlert(
                        Written.alert("alert-" + i, now.minus(Duration.ofHours(3)), now.minusSeconds(60 + 7L * i))));
        IntStream.range(0, 2 * PAGE)
                .forEach(i -> defender.putIncident(
                        Written.incident(Integer.toString(i), "One of many", now.minusSeconds(60 + i), "")));
        var tenant = simulator.addTenant(name, DefenderSource.scripted(defender));
        return tenant;
    }

    private SimulatedTenant connect(String name, Defender defender) {
        return connect(name, defender, new Behaviour(Listing.NEWEST_FIRST, Paging.SKIP_TOKEN));
    }

    private SimulatedTenant connect(String name, Defender defender, Behaviour behaviour) {
        var tenant = simulator.addTenant(name, DefenderSource.scripted(defender));
        simulator.behave(
                tenant.tenantId(), graph -> graph.with(behaviour.listing()).with(behaviour.paging()));
        gatehouse.connect(tenant);
        return tenant;
    }

    private static void put(ScriptedDefender defender, String name, int count, Instant time) {
        IntStream.range(0, count).forEach(i -> defender.putAlert(Written.alert(name + "-" + i, time, time)));
    }

    private static Column text(String name) {
        return new Column(name, Table.Type.STRING);
    }

    /** An alert, an incident and a row of that time. */
    private void putAll(ScriptedDefender defender, String id, Instant time) {
        defender.putAlert(Written.alert(id, time, time));
        defender.putIncident(Written.incident(id, "Of that time", time, ""));
        defender.putRow(LOGONS, Map.of("Timestamp", time, "ReportId", id), Instant.MIN);
    }

    private Instant now() {
        return simulator.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void awaitThatAllIsStored(SimulatedTenant tenant) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> Holdings.storedOf(
                        tenant, store)
                .assertSameAs(Holdings.shownBy(tenant, simulator.clock().instant()), tenant.name()));
    }

    /**
     * At each look one more alert is changed and so leaves its place at the head of the list: a list that is read by
     * counting moves up by one, and what stood behind the page's edge is not seen. Who sees a version before it is
     * overtaken is a matter of chance; the last one of each alert is owed.
     */
    private static final class RestlessDefender implements Defender {

        private static final int ALERTS = 4 * PAGE;
        private static final int MOVES = 3 * PAGE;

        private final ScriptedDefender inner = new ScriptedDefender();
        private final Instant since;
        private int looks;

        RestlessDefender(Instant since) {
            this.since = since;
            IntStream.range(0, ALERTS).forEach(i -> inner.putAlert(alert(i, since.plusSeconds(i))));
        }

        /** At the head of a list that comes oldest change first, and of one that comes newest first. */
        private ObjectNode alert(int number, Instant updated) {
            return Written.alert("restless-" + number, since.minusSeconds(number), updated);
        }

        @Override
        public synchronized List<ObjectNode> alerts(Instant now) {
            if (looks < MOVES) {
                inner.putAlert(alert(looks, now.minusSeconds(1)));
            }
            looks++;
            return inner.alerts(now);
        }

        synchronized boolean hasComeToRest() {
            return looks >= MOVES;
        }

        List<String> owed() {
            return inner.alerts(Instant.MAX).stream()
                    .map(alert -> Store.version(
                            alert.path("id").asString(),
                            Instant.parse(alert.path("lastUpdateDateTime").asString())))
                    .toList();
        }

        @Override
        public List<ObjectNode> alertVersions(Instant now) {
            return inner.alertVersions(now);
        }

        @Override
        public List<ObjectNode> incidents(Instant now) {
            return inner.incidents(now);
        }

        @Override
        public Optional<Table> table(String name, Instant now) {
            return inner.table(name, now);
        }
    }
}
