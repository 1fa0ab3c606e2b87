package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Holdings;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Store;
import dev.gatehouse.stories.stage.Terminal;
import dev.gatehouse.stories.stage.Visitor;
import dev.gatehouse.stories.stage.Written;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A new device shows today at once, and then its history, newest day first; any range can be read again by anybody. */
class ReplayAndBackfillTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int DAYS = 29;

    private final ScriptedDefender defender = new ScriptedDefender();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void todayComesFirstAndTheHistorySurvivesAKillAndAnyRangeAgainChangesNothing(@TempDir Path directory)
            throws SQLException {
        IntStream.range(0, DAYS * 4)
                .mapToObj(i -> now.minusSeconds(60).minus(Duration.ofHours(6L * i)))
                .forEach(time -> {
                    defender.putAlert(Written.alert("alert " + time, time, time));
                    defender.putIncident(Written.incident("incident " + time, "Of that time", time, ""));
                });
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                .withTenants(List.of("Contoso"))
                .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000))
                .withDefenders(DefenderSource.scripted(defender)))) {
            var contoso = simulator.tenants().getFirst();
            // So few requests a minute that the history stops in its middle.
            var first = Product.start(
                    directory, simulator, Product.SHORT_LEASE, "--gatehouse.replay.requests-per-minute=20");
            var device = first.connect(contoso);
            await().atMost(PATIENCE)
                    .until(() -> replay(first, "alerts").path("percent").asInt(0) >= 30);
            var before = replay(first, "alerts");
            assertThat(before.path("state").asString()).isEqualTo("running");
            assertThat(Instant.parse(before.path("estimated_end_at").asString()))
                    .isAfter(now);
            first.kill();

            try (var second = Product.start(
                            directory, simulator, Product.SHORT_LEASE, "--gatehouse.replay.requests-per-minute=10000");
                    var visitor = Visitor.signedIn(second)) {
                var after = replay(second, "alerts");
                assertThat(Instant.parse(after.path("complete_from").asString()))
                        .as("it goes on where it was")
                        .isBeforeOrEqualTo(
                                Instant.parse(before.path("complete_from").asString()));
                var store = new Store(directory);
                awaitThatAllIsStored(simulator, contoso, store);
                await().atMost(PATIENCE).until(() -> List.of("alerts", "incidents").stream()
                        .allMatch(feed ->
                                replay(second, feed).path("state").asString().equals("done")));
                assertThatDaysCameNewestFirst(directory);

                var picture = picture(directory);
                for (var feed : List.of("alerts", "incidents")) {
                    var from = now.minus(Duration.ofDays(12));
                    var to = now.minus(Duration.ofDays(2));
                    second.call("POST", "/api/v2/replays", """
                            {"data": {"type": "replays", "attributes":
                                {"device_id": "%s", "feed": "%s", "from": "%s", "to": "%s"}}}""".formatted(device, feed, from, to));
                    new Terminal(second, directory)
                            .run(
                                    "replay",
                                    "start",
                                    device,
                                    "--feed",
                                    feed,
                                    "--from",
                                    from.toString(),
                                    "--to",
                                    to.toString());
                    var page = "/settings/security-devices/" + device;
                    visitor.send(
                            page,
                            page + "/replays",
                            Map.of(
                                    "feed",
                                    feed,
                                    "from",
                                    local(from).toString(),
                                    "to",
                                    local(to).toString()));
                }
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                                replays(second, "alerts").size()
                                        + replays(second, "incidents").size())
                        .isEqualTo(2 * (1 + 3)));
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(allReplays(second))
                        .allSatisfy(replay ->
                                assertThat(replay.path("state").asString()).isEqualTo("done")));
                for (var feed : List.of("alerts", "incidents")) {
                    assertThat(replays(second, feed).subList(0, 3)).allSatisfy(replay -> {
                        assertThat(replay.path("percent").asInt()).isEqualTo(100);
                        assertThat(replay.path("same").asInt()).isEqualTo(40);
                        assertThat(replay.path("new_records").asInt()).isZero();
                        assertThat(replay.path("new_versions").asInt()).isZero();
                    });
                }
                assertThat(picture(directory)).isEqualTo(picture);
            }
        }
    }

    private static LocalDateTime local(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static JsonNode replay(Product gatehouse, String feed) {
        var found = replays(gatehouse, feed);
        return found.isEmpty() ? gatehouse.get("/api/v2/replays").path("none") : found.getLast();
    }

    /** Those of lists; hunting tables are not what this is about. The latest first. */
    private static List<JsonNode> replays(Product gatehouse, String feed) {
        return allReplays(gatehouse).stream()
                .filter(replay -> replay.path("feed").asString().equals(feed))
                .toList();
    }

    private static List<JsonNode> allReplays(Product gatehouse) {
        return gatehouse
                .get("/api/v2/replays?page[limit]=200")
                .path("data")
                .valueStream()
                .map(replay -> replay.path("attributes"))
                .toList();
    }

    private static void assertThatDaysCameNewestFirst(Path directory) throws SQLException {
        try (var owner = Store.connectAsOwner(directory);
                var statement = owner.createStatement();
                var rows = statement.executeQuery("""
                        select min(first_seen_at), max(first_seen_at) from report.alert_versions
                        group by date_trunc('day', microsoft_updated_at at time zone 'UTC')
                        order by date_trunc('day', microsoft_updated_at at time zone 'UTC') desc
                        """)) {
            var seen = new ArrayList<Instant>();
            while (rows.next()) {
                seen.add(rows.getTimestamp(1).toInstant());
                seen.add(rows.getTimestamp(2).toInstant());
            }
            assertThat(seen).isSorted().hasSizeGreaterThanOrEqualTo(2 * DAYS);
        }
    }

    /** Everything that is stored, with when it was first seen. */
    private static String picture(Path directory) throws SQLException {
        try (var owner = Store.connectAsOwner(directory);
                var statement = owner.createStatement();
                var rows = statement.executeQuery("""
                        select (select string_agg(v::text, ' ' order by v::text) from report.alert_versions v),
                               (select string_agg(v::text, ' ' order by v::text) from report.incident_versions v)
                        """)) {
            rows.next();
            return rows.getString(1) + rows.getString(2);
        }
    }

    private static void awaitThatAllIsStored(Simulator simulator, SimulatedTenant tenant, Store store) {
        await().atMost(PATIENCE).untilAsserted(() -> Holdings.storedOf(tenant, store)
                .assertSameAs(Holdings.shownBy(tenant, simulator.clock().instant()), tenant.name()));
    }
}
